import { build } from '../../../reference/arithmetic/array.ts'
import { groupPointwise } from '../../../spec/efficient/pointwise.ts'
import {
  channelShuffle,
  channelShuffleGradient,
  shuffled,
} from '../../../spec/efficient/shuffle.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement } from '../../kit/agreement.ts'
import { filled, numbers, permuted } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import {
  acceptsAnyGroups,
  gradientForwards,
  leavesOrder,
  repeatsGroup,
  reversesGroups,
  shufflesBack,
} from './shuffle-faults.ts'

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
    async holds({ answer, arithmetic, array, inputs, parameters: { groups }, sizes }) {
      const moved = numbers(arithmetic, (await answer(channelShuffle, inputs, { groups })).y)
      const back = await answer(channelShuffle, { x: moved }, { groups: sizes.C / groups })
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
    async holds({ answer, exact, parameters: { groups }, sizes: { C } }) {
      const n = C / groups
      const numbered = build([1, 1, 1, C], (_n, _i, _j, c) => c)
      const { y } = await answer(channelShuffle, { x: numbered }, { groups })
      const place = (c: number) => (c % n) * groups + Math.floor(c / n)
      return [
        {
          label: 'the channel at the place of each',
          expected: exact(numbered),
          actual: permuted(y, (image, i, j, c) => [image, i, j, place(c)]),
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
    async holds({ answer, arithmetic, exact, parameters: { groups: g, times } }) {
      const n = g * times
      const C = g * n
      const filters = filled([g, n, n], 1)
      // One image for each channel, in which it alone is 1.
      const x = build([C, 1, 1, C], (image, _i, _j, c) => (image === c ? 1 : 0))
      const first = (await answer(groupPointwise, { x, filters }, {})).y
      const moved = await answer(channelShuffle, { x: numbers(arithmetic, first) }, { groups: g })
      const { y } = await answer(groupPointwise, { x: numbers(arithmetic, moved.y), filters }, {})
      return [
        {
          label: 'ways from each input to each output',
          expected: exact(filled([C, 1, 1, C], times)),
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
