import { elementwise, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { forwardGradient as gradientReference } from '../../../reference/rnn/forward.ts'
import { derived, free } from '../../../spec/language/operation.ts'
import { choice } from '../../../spec/language/parameter.ts'
import {
  activation,
  direction,
  forward,
  forwardGradient,
  gradient,
  hidden,
} from '../../../spec/rnn/forward.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed, permuted } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { whateverPads } from '../../kit/whatever-pads.ts'
import { worked } from '../../kit/worked.ts'
import {
  alwaysForwards,
  averagesSequences,
  backSlips,
  droppedStep,
  forgetsLast,
  forgetsState,
  forgetsStates,
  gradientIgnoresPadding,
  ignoresPadding,
  ignoresSlope,
  inOrderDone,
  lastInTime,
  lastStepOnly,
  lastTwoSteps,
  otherStates,
  ownState,
  rectifies,
  resetsAtPadding,
  sharesBias,
  sharesFirstState,
  stateSlips,
  stopsAtFirstStep,
  transposesGradient,
  transposesWeights,
  untransposed,
  withoutBiases,
} from './forward-faults.ts'
import { eachStateOfGradient, eachStep, eachStepBack } from './forward-steps.ts'

const negative = (array: NumberArray<number>) => changed(array, (v) => -v)

/** Units in the opposite order, along the given axes. */
const turned = <T>(array: NumberArray<T>, ...axes: readonly number[]) =>
  permuted(array, (...at) => at.map((i, k) => (axes.includes(k) ? array.shape[k]! - 1 - i : i)))

const hiddenProperties = properties(
  hidden,
  agreement(forward, 'integers', {
    kills: [
      transposesWeights,
      withoutBiases,
      forgetsState,
      ignoresPadding,
      resetsAtPadding,
      alwaysForwards,
      inOrderDone,
      lastInTime,
      rectifies,
      sharesFirstState,
    ],
  }),
  agreement(forward, 'reals', { kills: [transposesWeights, withoutBiases, rectifies] }),
  eachStep('forward', [stateSlips]),
  eachStep('reverse', [stateSlips]),
  equivariance('odd', {
    of: forward,
    within: { ...forward, parameters: { activation: choice('tanh', 'linear'), direction } },
    title: 'states change their signs where inputs, biases and the first state do',
    kills: [rectifies],
    inputs: ({ x, b, h0 }) => ({ x: negative(x), b: negative(b), h0: negative(h0) }),
    outputs: ({ h, last }, { arithmetic: { negate } }) => ({
      h: elementwise(h, negate),
      last: elementwise(last, negate),
    }),
  }),
  equivariance('units', {
    of: forward,
    title: 'units in another order have states in that order',
    kills: [sharesBias],
    inputs: ({ U, W, b, h0 }) => ({
      U: turned(U, 0),
      W: turned(W, 0, 1),
      b: turned(b, 0),
      h0: turned(h0, 1),
    }),
    outputs: ({ h, last }) => ({ h: turned(h, 2), last: turned(last, 1) }),
  }),
  worked('E-36', {
    of: forward,
    title: 'a state has a bias, and the first one comes from a state before it',
    kills: [withoutBiases],
    inputs: {
      x: tensor([1, 1, 1], [0]),
      U: tensor([1, 1], [1]),
      W: tensor([1, 1], [2]),
      b: tensor([1], [1]),
      h0: tensor([1, 1], [1]),
      padded: tensor([1, 1], [0]),
    },
    parameters: { activation: 'linear', direction: 'forward' },
    notes: { h: [0] },
    gives: { h: [3] },
  }),
)

const gradientProperties = properties(
  gradient,
  agreement(forwardGradient, 'integers', {
    kills: [
      lastStepOnly,
      lastTwoSteps,
      ownState,
      untransposed,
      transposesGradient,
      ignoresSlope,
      forgetsLast,
      forgetsStates,
      averagesSequences,
      stopsAtFirstStep,
      gradientIgnoresPadding,
    ],
  }),
  agreement(forwardGradient, 'reals', { kills: [lastTwoSteps, ownState, ignoresSlope] }),
  whateverPads(forwardGradient, gradientReference),
  agreement(forwardGradient, 'reals', {
    name: 'twenty-steps',
    title: 'gradients through twenty steps are within the derived bound of the reference',
    within: {
      dimensions: {
        T: derived(() => 20, 'steps'),
        N: free(1, 2, 'sequences'),
        I: free(1, 2, 'units of the input'),
        H: free(2, 3, 'units of the state'),
      },
      parameters: { activation },
    },
    kills: [lastTwoSteps],
    share: 0.1,
  }),
  eachStepBack(50, 'forward', [backSlips, droppedStep]),
  eachStepBack(200, 'reverse', [backSlips, droppedStep]),
  eachStateOfGradient('forward', [otherStates]),
  eachStateOfGradient('reverse', [otherStates]),
  worked('E-62', {
    of: forwardGradient,
    title: 'the gradient by W goes back to the first step',
    kills: [lastTwoSteps],
    inputs: {
      x: tensor([3, 1, 1], [0, 0, 0]),
      U: tensor([1, 1], [1]),
      W: tensor([1, 1], [1]),
      b: tensor([1], [0]),
      h0: tensor([1, 1], [1]),
      padded: tensor([3, 1], [0, 0, 0]),
      dh: tensor([3, 1, 1], [0, 0, 0]),
      dLast: tensor([1, 1], [1]),
    },
    parameters: { activation: 'linear', direction: 'forward' },
    notes: { dW: [2] },
    gives: { dW: [3] },
  }),
)

export const forwardProperties = [...hiddenProperties, ...gradientProperties]
