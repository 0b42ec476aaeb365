import type { NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  forwardGradient as gradientReference,
  forward as reference,
} from '../../../reference/gru/forward.ts'
import { forward, forwardGradient, gradient, state } from '../../../spec/gru/forward.ts'
import { agreement } from '../../kit/agreement.ts'
import { permuted } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { whateverPads } from '../../kit/whatever-pads.ts'
import { about, worked } from '../../kit/worked.ts'
import {
  alwaysAfter,
  alwaysBefore,
  alwaysForwards,
  biasOutsideReset,
  candidateFirst,
  forgetsState,
  fromNewState,
  hardSigmoid,
  ignoresPadding,
  inOrderDone,
  lastInTime,
  overflows,
  resetsAtPadding,
  resetsElsewhere,
  resetsKept,
  sharesBias,
  sharesFirstState,
  squashesState,
  stateSlips,
  swapsGates,
  swapsShares,
  takesAll,
  transposesWeights,
  withoutBiases,
  withoutSecondBias,
} from './forward-faults.ts'
import {
  averagesSequences,
  backSlips,
  biasOfSum,
  constantGates,
  droppedStep,
  forgetsKept,
  forgetsLast,
  forgetsReset,
  forgetsStates,
  gradientIgnoresPadding,
  gradientResetsElsewhere,
  lastStepOnly,
  lastTwoSteps,
  otherStates,
  ownState,
  sendsAhead,
  stopsAtFirstStep,
  swapsGradients,
  takesForKept,
  transposesGradient,
  untransposed,
  withoutSlope,
} from './forward-gradient-faults.ts'
import { eachStateOfGradient, eachStep, eachStepBack } from './forward-steps.ts'

/** Units in the opposite order, along the given axes. */
const turned = <T>(array: NumberArray<T>, ...axes: readonly number[]) =>
  permuted(array, (...at) => at.map((i, k) => (axes.includes(k) ? array.shape[k]! - 1 - i : i)))

/** Two units with z = 0, of which the reset gate of the first is open and that of the second closed. */
const halfReset = (reset: 'before' | 'after', first: string) => ({
  says: `reset ${reset} the product`,
  inputs: {
    x: tensor([1, 1, 1], [0]),
    U: tensor([3, 2, 1], [0, 0, 0, 0, 0, 0]),
    W: tensor([3, 2, 2], [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1]),
    b: tensor([3, 2], [-1e4, -1e4, 1e4, -1e4, 0, 0]),
    bn: tensor([2], [0, 0]),
    h0: tensor([1, 2], [1, 1]),
    padded: tensor([1, 1], [0]),
  },
  parameters: { reset, direction: 'forward' } as const,
  gives: { h: [about(first), reset === 'before' ? about(first) : 0] },
})

const stateProperties = properties(
  state,
  agreement(forward, 'integers', {
    kills: [
      transposesWeights,
      swapsShares,
      swapsGates,
      candidateFirst,
      resetsElsewhere,
      biasOutsideReset,
      withoutSecondBias,
      withoutBiases,
      forgetsState,
      sharesFirstState,
      ignoresPadding,
      resetsAtPadding,
      alwaysForwards,
      inOrderDone,
      lastInTime,
      fromNewState,
      takesAll,
      squashesState,
      resetsKept,
      hardSigmoid,
    ],
  }),
  agreement(forward, 'reals', {
    kills: [transposesWeights, swapsShares, swapsGates, resetsElsewhere, fromNewState, hardSigmoid],
    share: 0.5,
  }),
  whateverPads(forward, reference),
  eachStep(50, 'forward', [stateSlips]),
  eachStep(200, 'reverse', [stateSlips]),
  equivariance('units', {
    of: forward,
    title: 'units in another order have states in that order',
    kills: [sharesBias, fromNewState],
    inputs: ({ U, W, b, bn, h0 }) => ({
      U: turned(U, 1),
      W: turned(W, 1, 2),
      b: turned(b, 1),
      bn: turned(bn, 0),
      h0: turned(h0, 1),
    }),
    outputs: ({ h, last }) => ({ h: turned(h, 2), last: turned(last, 1) }),
  }),
  worked('E-91', {
    of: forward,
    title: 'the reset gate before the product and after it are different layers',
    kills: [alwaysAfter, alwaysBefore],
    cases: [halfReset('before', '0.7616'), halfReset('after', '0.9640')],
  }),
  worked('saturated', {
    of: forward,
    title:
      'gates and candidates of ten thousand are closed, open and 1, and no exponential overflows',
    kills: [overflows],
    cases: ([1e4, -1e4] as const).map((bias) => ({
      says: `${bias}`,
      inputs: {
        x: tensor([1, 1, 1], [0]),
        U: tensor([3, 1, 1], [0, 0, 0]),
        W: tensor([3, 1, 1], [0, 0, 0]),
        b: tensor([3, 1], [bias, -bias, 1e4]),
        bn: tensor([1], [1e4]),
        h0: tensor([1, 1], [0.5]),
        padded: tensor([1, 1], [0]),
      },
      parameters: { reset: 'after', direction: 'forward' } as const,
      gives: { h: [bias > 0 ? 0.5 : 1] },
    })),
  }),
)

const gradientProperties = properties(
  gradient,
  agreement(forwardGradient, 'integers', {
    kills: [
      averagesSequences,
      biasOfSum,
      constantGates,
      forgetsKept,
      forgetsLast,
      forgetsReset,
      forgetsStates,
      gradientIgnoresPadding,
      gradientResetsElsewhere,
      lastStepOnly,
      lastTwoSteps,
      otherStates,
      ownState,
      sendsAhead,
      stopsAtFirstStep,
      swapsGradients,
      takesForKept,
      transposesGradient,
      untransposed,
      withoutSlope,
    ],
    share: 0.4,
  }),
  agreement(forwardGradient, 'reals', {
    kills: [constantGates, forgetsReset, gradientResetsElsewhere, lastTwoSteps, ownState],
    share: 0.4,
  }),
  whateverPads(forwardGradient, gradientReference),
  eachStepBack(50, 'forward', [backSlips, droppedStep]),
  eachStepBack(200, 'reverse', [backSlips]),
  eachStateOfGradient(50, 'forward', [otherStates]),
  eachStateOfGradient(50, 'reverse', [otherStates]),
)

export const forwardProperties = [...stateProperties, ...gradientProperties]
