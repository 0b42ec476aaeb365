import { build, memberOf } from '../../../reference/arithmetic/array.ts'
import {
  deepTransitionGradient as gradientReference,
  deepTransition as reference,
} from '../../../reference/rnn/deep-transition.ts'
import { free } from '../../../spec/language/operation.ts'
import { choice } from '../../../spec/language/parameter.ts'
import {
  deepTransition,
  deepTransitionClause,
  deepTransitionGradient,
} from '../../../spec/rnn/deep-transition.ts'
import { direction, forward } from '../../../spec/rnn/forward.ts'
import type { Argument } from '../../engine/property.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed, numbers, plain, zeros } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { whateverPads } from '../../kit/whatever-pads.ts'
import { worked } from '../../kit/worked.ts'
import {
  backByChainAlone,
  biasOfLastForAll,
  firstBiasAlone,
  ignoresPadding,
  lastForInner,
  lastStepAlone,
  leavesOutLast,
  noWayPast,
  offInOneDelta,
  offInOneSum,
  offInOneUnit,
  pastIntoFirst,
  pastIsConstant,
  sameBetween,
  startsAnew,
  stateForward,
  transposesBetween,
  transposesGradient,
} from './deep-transition-faults.ts'
import { eachStepBackOfTransition, eachStepOfTransition } from './deep-transition-steps.ts'

/** Few units of few layers without tanh: states of small whole numbers are exact. */
const exactly = {
  ...deepTransition,
  usual: [],
  dimensions: {
    ...deepTransition.dimensions,
    T: free(1, 2, 'time steps'),
    H: free(1, 2, 'units of the state'),
    Further: free(1, 1, 'layers behind the first one'),
  },
  parameters: { activation: choice('relu', 'linear'), direction },
}

/** The identity between all layers. */
const unit = (shape: readonly number[]) => build(shape, (_, i, j) => (i === j ? 1 : 0))

/** Two steps of one unit in two layers. */
const twoSteps = {
  x: tensor([2, 1, 1], [1, 0]),
  U: tensor([1, 1], [1]),
  W: tensor([1, 1], [1]),
  A: tensor([1, 1, 1], [2]),
  S: tensor([1, 1], [1]),
  b: tensor([2, 1], [0, 0]),
  h0: tensor([1, 1], [1]),
  padded: tensor([2, 1], [0, 0]),
}

export const deepTransitionProperties = properties(
  deepTransitionClause,
  whateverPads(deepTransition, reference),
  whateverPads(deepTransitionGradient, gradientReference),
  agreement(deepTransition, 'integers', {
    kills: [
      noWayPast,
      pastIntoFirst,
      firstBiasAlone,
      transposesBetween,
      sameBetween,
      leavesOutLast,
      startsAnew,
      stateForward,
      ignoresPadding,
    ],
    share: 0.6,
  }),
  agreement(deepTransition, 'reals', {
    kills: [noWayPast, pastIntoFirst, transposesBetween, startsAnew],
    share: 0.3,
  }),
  agreement(deepTransitionGradient, 'integers', {
    name: 'gradient-exact',
    kills: [
      backByChainAlone,
      pastIsConstant,
      transposesGradient,
      biasOfLastForAll,
      lastForInner,
      lastStepAlone,
    ],
    share: 0.8,
  }),
  agreement(deepTransitionGradient, 'reals', {
    name: 'gradient-bounded',
    kills: [backByChainAlone, pastIsConstant, lastForInner],
    share: 0.2,
  }),
  eachStepOfTransition([offInOneUnit, startsAnew]),
  eachStepBackOfTransition([offInOneDelta, offInOneSum]),
  law('as-one-layer', {
    of: exactly,
    asks: [deepTransition, forward],
    title: 'unit weights between layers without activation leave a recurrent layer with both ways',
    kills: [noWayPast, leavesOutLast, firstBiasAlone],
    share: 0.3,
    needsStates: true,
    async holds({ inputs, measure, parameters: { direction } }) {
      const kind = { activation: 'linear', direction } as const
      const { x, U, h0, padded } = inputs
      const [W, S, b] = [plain(inputs.W), plain(inputs.S), plain(inputs.b)]
      const given = { ...inputs, A: unit(inputs.A.shape) }
      const deep = await measure(deepTransition, given, kind)
      const both = changed(W, (w, at) => w + S.data[at]!)
      const bias = build([b.shape[1]!], (i) => {
        let sum = 0
        for (let l = 0; l < b.shape[0]!; l++) sum += b.at(l, i!)
        return sum
      })
      const one = await measure(forward, { x, U, W: both, b: bias, h0, padded }, kind)
      return [
        { label: 'h', expected: one.h, actual: deep.h },
        { label: 'last', expected: one.last, actual: deep.last },
      ]
    },
  }),
  law('feedforward', {
    of: exactly,
    asks: [deepTransition, forward],
    title: 'without ways from the state, each step is two layers of the inputs at it alone',
    kills: [transposesBetween, leavesOutLast, stateForward],
    share: 0.3,
    needsStates: true,
    async holds({ arithmetic, inputs, measure, parameters: { activation } }) {
      const { x, U, h0 } = inputs
      const none = zeros(inputs.W.shape)
      // In either direction the answer is the same; without padding no state stays.
      const padded = zeros(inputs.padded.shape)
      const alone = { ...inputs, W: none, S: none, padded }
      const backwards = await measure(deepTransition, alone, { activation, direction: 'reverse' })
      const kind = { activation, direction: 'forward' } as const
      const [b, A] = [plain(inputs.b), plain(inputs.A)]
      const layer = (from: Argument, weights: Argument, l: number) =>
        measure(forward, { x: from, U: weights, W: none, b: memberOf(b, l), h0, padded }, kind)
      let given = await layer(x, U, 0)
      for (let l = 1; l < b.shape[0]!; l++) {
        given = await layer(numbers(arithmetic, given.h), memberOf(A, l - 1), l)
      }
      return [
        { label: 'h', expected: given.h, actual: backwards.h },
        { label: 'last', expected: memberOf(given.h, 0), actual: backwards.last },
      ]
    },
  }),
  worked('by-hand', {
    of: deepTransition,
    title: 'one unit, two layers: 2 · (1 + 1) + 1 = 5, then 2 · 5 + 5 = 15',
    kills: [noWayPast, pastIntoFirst, leavesOutLast, startsAnew],
    inputs: twoSteps,
    parameters: { activation: 'linear', direction: 'forward' },
    gives: { h: [5, 15], last: [15] },
  }),
  worked('gradient-by-hand', {
    of: deepTransitionGradient,
    title: 'of the same two steps: 1 and 3 arrive, and 3 and 9 go on to the state before',
    kills: [backByChainAlone, pastIsConstant, lastForInner, biasOfLastForAll, lastStepAlone],
    inputs: {
      ...twoSteps,
      dh: tensor([2, 1, 1], [0, 0]),
      dLast: tensor([1, 1], [1]),
    },
    parameters: { activation: 'linear', direction: 'forward' },
    gives: {
      dx: [6, 2],
      dU: [6],
      dW: [16],
      dA: [11],
      dS: [8],
      db: [8, 4],
      dH0: [9],
      back: [9, 3],
    },
  }),
)
