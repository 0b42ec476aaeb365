import { build, memberOf, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  bidirectionalGradient as gradientReference,
  bidirectional as reference,
} from '../../../reference/rnn/bidirectional.ts'
import { derived } from '../../../spec/language/operation.ts'
import {
  bidirectional,
  bidirectionalClause,
  bidirectionalGradient,
} from '../../../spec/rnn/bidirectional.ts'
import { forward } from '../../../spec/rnn/forward.ts'
import { agreement } from '../../kit/agreement.ts'
import { part, permuted, plain } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { whateverPads } from '../../kit/whatever-pads.ts'
import { worked } from '../../kit/worked.ts'
import {
  beginsAtPadding,
  exchangesDirections,
  forgetsLast,
  forwardsOnly,
  inOrderDone,
  interleaves,
  lastInTime,
  sharesWeights,
} from './bidirectional-faults.ts'
import { backSlips, droppedStep, otherStates, stateSlips } from './bidirectional-step-faults.ts'
import { eachStateOfGradient, eachStep, eachStepBack } from './bidirectional-steps.ts'

/** The steps in the opposite order. */
const turned = <T>(array: NumberArray<T>) =>
  permuted(array, (t, ...at) => [array.shape[0]! - 1 - t, ...at])

/** What belongs to both directions, exchanged. */
const exchanged = <T>(array: NumberArray<T>) => permuted(array, (d, ...at) => [1 - d, ...at])

const two = (a: number, b: number, ...shape: readonly number[]) => tensor([2, ...shape], [a, b])

export const bidirectionalProperties = properties(
  bidirectionalClause,
  whateverPads(bidirectional, reference),
  whateverPads(bidirectionalGradient, gradientReference),
  agreement(bidirectional, 'integers', {
    kills: [beginsAtPadding, sharesWeights, inOrderDone, interleaves, lastInTime],
    share: 0.4,
  }),
  agreement(bidirectional, 'reals', { kills: [sharesWeights, inOrderDone], share: 0.3 }),
  agreement(bidirectionalGradient, 'integers', {
    name: 'gradient-exact',
    kills: [forwardsOnly, exchangesDirections, forgetsLast],
    share: 0.3,
  }),
  agreement(bidirectionalGradient, 'reals', {
    name: 'gradient-bounded',
    kills: [forwardsOnly, exchangesDirections],
    share: 0.2,
  }),
  eachStep([stateSlips]),
  eachStepBack([backSlips, droppedStep]),
  eachStateOfGradient([otherStates]),
  law('each-direction', {
    of: bidirectional,
    asks: [bidirectional, forward],
    title: 'the states of each direction are those of a recurrent layer in that direction',
    kills: [beginsAtPadding, sharesWeights, inOrderDone],
    share: 0.2,
    needsStates: true,
    async holds({ inputs, measure, parameters: { activation }, sizes }) {
      const { T, N, H } = sizes as Readonly<Record<'T' | 'N' | 'H', number>>
      const { h, last } = await measure(bidirectional, inputs, { activation })
      const all = {
        U: plain(inputs.U),
        W: plain(inputs.W),
        b: plain(inputs.b),
        h0: plain(inputs.h0),
      }
      const each = await Promise.all(
        (['forward', 'reverse'] as const).map(async (direction, d) => {
          const layer = {
            x: inputs.x,
            padded: inputs.padded,
            U: memberOf(all.U, d),
            W: memberOf(all.W, d),
            b: memberOf(all.b, d),
            h0: memberOf(all.h0, d),
          }
          const right = await measure(forward, layer, { activation, direction })
          return [
            {
              label: `h, ${direction}`,
              expected: right.h,
              actual: part(h, [T, N, H], [0, 0, d * H]),
            },
            { label: `last, ${direction}`, expected: right.last, actual: memberOf(last, d) },
          ]
        }),
      )
      return each.flat()
    },
  }),
  equivariance('turned', {
    of: bidirectional,
    title:
      'turned round and with weights exchanged, it has the same states turned round and exchanged',
    kills: [sharesWeights, beginsAtPadding],
    share: 0.2,
    inputs: ({ x, U, W, b, h0, padded }) => ({
      x: turned(x),
      padded: turned(padded),
      U: exchanged(U),
      W: exchanged(W),
      b: exchanged(b),
      h0: exchanged(h0),
    }),
    outputs: ({ h, last }, { sizes: { H } }) => ({
      h: permuted(turned(h), (t, n, i) => [t, n, (i + H!) % (2 * H!)]),
      last: exchanged(last),
    }),
  }),
  law('own-end', {
    of: {
      ...bidirectional,
      usual: [],
      dimensions: { ...bidirectional.dimensions, T: derived(() => 4, 'steps') },
    },
    asks: [bidirectional],
    title: 'a sequence with padding behind has the states, and the last ones, that it has without',
    kills: [beginsAtPadding],
    share: 0.2,
    needsStates: true,
    async holds({ inputs, measure, parameters, sizes: { N } }) {
      const shown = 2
      const [x, padded] = [plain(inputs.x), plain(inputs.padded)]
      const behind = build([4, N!], (t, n) => (t >= shown ? 1 : padded.at(t, n)))
      const steps = <T>(of: NumberArray<T>) => part(of, of.shape.with(0, shown))
      const long = await measure(bidirectional, { ...inputs, padded: behind }, parameters)
      const own = { x: steps(x), padded: steps(padded) }
      const short = await measure(bidirectional, { ...inputs, ...own }, parameters)
      return [
        { label: 'h', expected: short.h, actual: steps(long.h) },
        { label: 'last', expected: short.last, actual: long.last },
      ]
    },
  }),
  worked('by-hand', {
    of: bidirectional,
    title: 'three steps of which the last one is padding: 1 and 2 add up to 3 from either side',
    kills: [beginsAtPadding, inOrderDone, lastInTime],
    inputs: {
      x: tensor([3, 1, 1], [1, 2, 50]),
      U: two(1, 1, 1, 1),
      W: two(1, 1, 1, 1),
      b: two(0, 0, 1),
      h0: two(0, 0, 1, 1),
      padded: tensor([3, 1], [0, 0, 1]),
    },
    parameters: { activation: 'linear' },
    gives: { h: [1, 3, 3, 2, 3, 0], last: [3, 3] },
  }),
)
