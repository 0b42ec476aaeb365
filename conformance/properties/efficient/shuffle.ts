import { build, fromData } from '../../../reference/arithmetic/array.ts'
import {
  channelShuffleGradient as gradientReference,
  channelShuffle as reference,
} from '../../../reference/efficient/shuffle.ts'
import { groupPointwise } from '../../../spec/efficient/pointwise.ts'
import {
  channelShuffle,
  channelShuffleGradient,
  shuffled,
} from '../../../spec/efficient/shuffle.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import type { Argument } from '../../engine/property.ts'
import { agreement } from '../../kit/agreement.ts'
import { faultsOf } from '../../kit/faults.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'

const wrongChannelShuffle = faultsOf(channelShuffle, reference)
const wrongChannelShuffleGradient = faultsOf(channelShuffleGradient, gradientReference)

const shufflesBack = wrongChannelShuffle.answer(
  'shuffles by the channels of a group, which is the inverse',
  ({ inputs, parameters, right }) =>
    right(inputs, { groups: inputs.x.shape[3]! / parameters.groups }),
)

const leavesOrder = wrongChannelShuffle.answer(
  'leaves the channels in their order',
  ({ inputs }) => ({ y: inputs.x }),
)

const reversesGroups = wrongChannelShuffle.answer(
  'exchanges whole groups instead of dealing them out',
  ({ inputs, parameters }) => {
    const { x } = inputs
    const n = x.shape[3]! / parameters.groups
    const y = build(x.shape, (image, i, j, c) =>
      x.at(image, i, j, (parameters.groups - 1 - Math.floor(c / n)) * n + (c % n)),
    )
    return { y }
  },
)

const repeatsGroup = wrongChannelShuffle.inputs(
  'reads the channels of the first group over and over',
  ({ x }, { parameters }) => {
    const n = x.shape[3]! / parameters.groups
    const first = build(x.shape, (image, i, j, c) => x.at(image, i, j, c % n))
    return { x: first }
  },
)

const acceptsAnyGroups = wrongChannelShuffle.accepts(
  'accepts groups that do not divide the channels',
  ({ x }) => ({ y: x! }),
)

const gradientForwards = wrongChannelShuffleGradient.answer(
  'shuffles the gradient as the image was shuffled, not back',
  ({ inputs, parameters, right }) =>
    right(inputs, { groups: inputs.dy.shape[3]! / parameters.groups }),
)

/** As many groups as divide the channels of a group, so that every group can meet every other. */
const meeting = {
  dimensions: {},
  inputs: {},
  parameters: { groups: integer({ min: 2, upTo: 4 }), times: integer({ min: 1, upTo: 2 }) },
}

export const shuffleProperties = properties(
  shuffled,
  agreement(channelShuffle, 'integers', {
    kills: [shufflesBack, leavesOrder, reversesGroups, repeatsGroup],
  }),
  agreement(channelShuffle, 'reals', { kills: [shufflesBack, leavesOrder] }),
  agreement(channelShuffleGradient, 'integers', {
    name: 'gradient-exact',
    kills: [gradientForwards],
  }),
  agreement(channelShuffleGradient, 'reals', {
    name: 'gradient-bounded',
    kills: [gradientForwards],
  }),
  law('inverse', {
    of: channelShuffle,
    asks: [channelShuffle, channelShuffleGradient],
    title: 'a shuffle by the channels of a group, and the gradient, lead back to the image',
    kills: [reversesGroups, repeatsGroup, gradientForwards],
    async holds({ answer, arithmetic, array, inputs, parameters }) {
      const { x } = inputs
      const { groups } = parameters
      const n = x.shape[3]! / groups
      const { y } = await answer(channelShuffle, { x }, { groups })
      const moved: Argument = fromData(y.shape, y.data.map(arithmetic.toNumber))
      const back = await answer(channelShuffle, { x: moved }, { groups: n })
      const gradient = await answer(channelShuffleGradient, { dy: moved }, { groups })
      return [
        { label: 'shuffle by n', expected: array('x'), actual: back.y },
        { label: 'gradient', expected: array('x'), actual: gradient.dx },
      ]
    },
  }),
  law('permutation', {
    of: channelShuffle,
    title: 'every channel has one place: those numbered in a row come out as jg + i says',
    kills: [shufflesBack, leavesOrder, repeatsGroup],
    async holds({ answer, exact, parameters, sizes }) {
      const C = sizes.C!
      const { groups } = parameters
      const n = C / groups
      const numbered = build([1, 1, 1, C], (_n, _i, _j, c) => c)
      const { y } = await answer(channelShuffle, { x: numbered }, { groups })
      const places = Array.from({ length: C }, (_, c) => (c % n) * groups + Math.floor(c / n))
      return [
        {
          label: 'the channel at the place of each',
          expected: exact(numbered),
          actual: build([1, 1, 1, C], (_n, _i, _j, c) => y.at(0, 0, 0, places[c]!)),
        },
      ]
    },
  }),
  law('groups-meet', {
    of: meeting,
    asks: [channelShuffle, groupPointwise],
    title:
      'between two convolutions in groups, with all weights 1, it leads every input to every output',
    kills: [leavesOrder, reversesGroups, repeatsGroup],
    share: 0.2,
    async holds({ answer, arithmetic, exact, parameters }) {
      const { groups: g, times } = parameters
      const n = g * times
      const C = g * n
      const { toNumber } = arithmetic
      // One image for each channel, in which it alone is 1.
      const x = build([C, 1, 1, C], (image, _i, _j, c) => (image === c ? 1 : 0))
      const filters = build([g, n, n], () => 1)
      const first = (await answer(groupPointwise, { x, filters }, {})).y
      const between: Argument = fromData(first.shape, first.data.map(toNumber))
      const moved = (await answer(channelShuffle, { x: between }, { groups: g })).y
      const given: Argument = fromData(moved.shape, moved.data.map(toNumber))
      const { y } = await answer(groupPointwise, { x: given, filters }, {})
      return [
        {
          label: 'ways from each input to each output',
          expected: exact(build([C, 1, 1, C], () => times)),
          actual: y,
        },
      ]
    },
  }),
  rejection('rejected', channelShuffle, invalidities(channelShuffle), {
    title: 'groups that do not divide the channels are rejected',
    kills: [acceptsAnyGroups],
    share: 0.3,
  }),
)
