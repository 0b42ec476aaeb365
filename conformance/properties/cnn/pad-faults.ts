import { build } from '../../../reference/arithmetic/array.ts'
import {
  zeroPadGradient as gradientReference,
  zeroPad as reference,
} from '../../../reference/cnn/pad.ts'
import { zeroPad, zeroPadGradient } from '../../../spec/cnn/pad.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(zeroPad, reference)
const wrongGradient = faultsOf(zeroPadGradient, gradientReference)

export const swapsAxes = wrong.parameters(
  'takes the amounts as left, right, top, bottom',
  ({ padding: [top, bottom, left, right] }) => ({ padding: [left, right, top, bottom] }),
)

export const swapsEnds = wrong.parameters(
  'adds above what belongs below, and on the left what belongs on the right',
  ({ padding: [top, bottom, left, right] }) => ({ padding: [bottom, top, right, left] }),
)

export const repeatsEdge = wrong.outputs(
  'repeats the pixels at the border instead of adding zeros',
  ({ y }, { inputs: { x }, parameters: { padding }, sizes: { H, W } }) => {
    const [top, , left] = padding
    const within = (i: number, size: number) => Math.min(size - 1, Math.max(0, i))
    return {
      y: build(y.shape, (n, i, j, k) => x.at(n, within(i - top, H), within(j - left, W), k)),
    }
  },
)

export const padsOneSide = wrong.parameters(
  'E-04 read literally: adds the padding once, not on both sides',
  ({ padding: [top, , left] }) => ({ padding: [0, top, 0, left] }),
)

export const answersNegative = wrong.accepts('takes a negative amount for none', ({ x }) => ({
  y: x!,
}))

export const keepsCorner = wrongGradient.parameters(
  'cuts everything off at the bottom and right',
  ({ padding: [top, bottom, left, right] }) => ({ padding: [0, top + bottom, 0, left + right] }),
)

export const cutsOtherAmounts = wrongGradient.parameters(
  'cuts off above what was added below, and on the left what was added on the right',
  ({ padding: [top, bottom, left, right] }) => ({ padding: [bottom, top, right, left] }),
)
