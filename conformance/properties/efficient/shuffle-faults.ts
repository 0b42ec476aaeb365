import {
  channelShuffleGradient as gradientReference,
  channelShuffle as reference,
} from '../../../reference/efficient/shuffle.ts'
import { channelShuffle, channelShuffleGradient } from '../../../spec/efficient/shuffle.ts'
import { permuted } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(channelShuffle, reference)
const wrongGradient = faultsOf(channelShuffleGradient, gradientReference)

export const shufflesBack = wrong.parameters(
  'shuffles by the channels of a group, which is the inverse',
  ({ groups }, { sizes }) => ({ groups: sizes.C / groups }),
)

export const leavesOrder = wrong.parameters('leaves the channels in their order', () => ({
  groups: 1,
}))

export const reversesGroups = wrong.answer(
  'exchanges whole groups instead of dealing them out',
  ({ inputs: { x }, parameters: { groups }, sizes }) => {
    const n = sizes.C / groups
    const from = (c: number) => (groups - 1 - Math.floor(c / n)) * n + (c % n)
    return { y: permuted(x, (image, i, j, c) => [image, i, j, from(c)]) }
  },
)

export const repeatsGroup = wrong.inputs(
  'reads the channels of the first group over and over',
  ({ x }, { parameters: { groups }, sizes }) => ({
    x: permuted(x, (image, i, j, c) => [image, i, j, c % (sizes.C / groups)]),
  }),
)

export const acceptsAnyGroups = wrong.accepts(
  'accepts groups that do not divide the channels',
  ({ x }) => ({ y: x }),
)

export const gradientForwards = wrongGradient.parameters(
  'shuffles the gradient as the image was shuffled, not back',
  ({ groups }, { sizes }) => ({ groups: sizes.C / groups }),
)
