import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { recurrence, recurrenceGradient } from '../../../reference/layers/recurrent.ts'
import {
  forwardGradient as gradientReference,
  forward as reference,
} from '../../../reference/rnn/forward.ts'
import { forward, forwardGradient } from '../../../spec/rnn/forward.ts'
import { changed, joined, part, permuted, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(forward, reference)
const wrongGradient = faultsOf(forwardGradient, gradientReference)
const transposed = (W: NumberArray<number>) => permuted(W, (i, j) => [j, i])

export const transposesWeights = wrong.inputs(
  'multiplies the state by the transposed weights',
  ({ W }) => ({ W: transposed(W) }),
)

export const withoutBiases = wrong.inputs(
  'E-36 taken at its word: no biases, and 0 as the first state',
  ({ b, h0 }) => ({ b: zeros(b.shape), h0: zeros(h0.shape) }),
)

export const sharesBias = wrong.inputs(
  'adds the bias of the first unit to all of them',
  ({ b }) => ({
    b: permuted(b, () => [0]),
  }),
)

export const forgetsState = wrong.inputs('forgets the state before', ({ W }) => ({
  W: zeros(W.shape),
}))

export const addsState = wrong.inputs('adds the state before, unweighted, as well', ({ W }) => ({
  W: build(W.shape, (i, j) => W.at(i, j) + (i === j ? 1 : 0)),
}))

export const looksAhead = wrong.inputs(
  'adds the input of the next step to each',
  ({ x }, { sizes: { T } }) => ({
    x: build(x.shape, (t, n, i) => x.at(t, n, i) + (t + 1 < T! ? x.at(t + 1, n, i) : 0)),
  }),
)

export const weighsByTime = wrong.inputs(
  'weighs each input by the number of its step',
  ({ x }) => ({
    x: build(x.shape, (t, n, i) => (t + 1) * x.at(t, n, i)),
  }),
)

export const ignoresPadding = wrong.inputs('takes padding for inputs', ({ padded }) => ({
  padded: zeros(padded.shape),
}))

export const resetsAtPadding = wrong.outputs(
  'gives zeros at steps that are padding',
  ({ h }, { inputs: { padded } }) => ({
    h: build(h.shape, (t, n, i) => (padded.at(t, n) === 1 ? 0 : h.at(t, n, i))),
  }),
)

export const alwaysForwards = wrong.parameters(
  'begins with the first step in reverse, too',
  () => ({
    direction: 'forward',
  }),
)

export const inOrderDone = wrong.outputs(
  'returns the states in the order in which steps are done',
  ({ h }, { parameters: { direction }, sizes: { T } }) =>
    direction === 'forward' ? {} : { h: permuted(h, (t, n, i) => [T! - 1 - t, n, i]) },
)

export const lastInTime = wrong.outputs(
  'takes the state of the last step for the last state, in reverse, too',
  ({ h, last }, { sizes: { T } }) => ({ last: build(last.shape, (n, i) => h.at(T! - 1, n, i)) }),
)

export const rectifies = wrong.parameters('rectifies in place of tanh', ({ activation }) => ({
  activation: activation === 'tanh' ? 'relu' : activation,
}))

export const sharesFirstState = wrong.inputs(
  'begins all sequences of a batch from the state of the first one',
  ({ h0 }) => ({ h0: permuted(h0, (_, i) => [0, i]) }),
)

export const stateSlips = wrong.answer(
  'is off by 2e-4 in the first unit after the middle step',
  ({ inputs, parameters, right, sizes }) => {
    const { T, N, I } = sizes as Readonly<Record<'T' | 'N' | 'I', number>>
    const { x, padded, h0 } = inputs
    const steps = (from: number, to: number, start: NumberArray<number>) =>
      right(
        {
          ...inputs,
          x: part(x, [to - from, N, I], [from]),
          padded: part(padded, [to - from, N], [from]),
          h0: start,
        },
        parameters,
      )
    const middle = Math.floor(T / 2)
    if (middle === 0) return right(inputs, parameters)
    const isForward = parameters.direction === 'forward'
    const first = isForward ? steps(0, middle, h0) : steps(middle, T, h0)
    const off = build(first.last.shape, (n, i) => first.last.at(n, i) * (i === 0 ? 1 + 2e-4 : 1))
    const then = isForward ? steps(middle, T, off) : steps(0, middle, off)
    const h = isForward ? joined(0, first.h, then.h) : joined(0, then.h, first.h)
    return { h, last: then.last }
  },
)

/** What enters the activation at each step, as a gradient, and the states. */
const backwards = (inputs: Parameters<typeof gradientReference<number>>[1], parameters: never) =>
  recurrenceGradient(number, inputs, [inputs.dh, inputs.dLast], parameters)

/** dW as a sum over some of the steps. */
const ofSteps = (counts: (place: number) => boolean) =>
  ((_, { inputs, parameters, sizes }) => {
    const { T, N } = sizes as Readonly<Record<'T' | 'N', number>>
    const { delta } = backwards(inputs, parameters as never)
    const { before } = recurrence(number, inputs, parameters)
    return {
      dW: build(inputs.W.shape, (i, j) => {
        let sum = 0
        for (let t = 0; t < T; t++) {
          const place = parameters.direction === 'forward' ? T - 1 - t : t
          if (!counts(place)) continue
          for (let n = 0; n < N; n++) sum += delta.at(t, n, i) * before.at(t, n, j)
        }
        return sum
      }),
    }
  }) satisfies Parameters<typeof wrongGradient.outputs>[1]

export const lastStepOnly = wrongGradient.outputs(
  'gives the gradient by W of the last step, without a sum over time',
  ofSteps((place) => place === 0),
)

export const lastTwoSteps = wrongGradient.outputs(
  'E-62 taken at its word: the gradient by W goes back one step only',
  ofSteps((place) => place <= 1),
)

export const ownState = wrongGradient.outputs(
  'multiplies by the state of a step in place of the one before it',
  (_, { inputs, parameters, sizes }) => {
    const { T, N } = sizes as Readonly<Record<'T' | 'N', number>>
    const { delta, h } = backwards(inputs, parameters as never)
    return {
      dW: build(inputs.W.shape, (i, j) => {
        let sum = 0
        for (let t = 0; t < T; t++)
          for (let n = 0; n < N; n++) sum += delta.at(t, n, i) * h.at(t, n, j)
        return sum
      }),
    }
  },
)

export const untransposed = wrongGradient.outputs(
  'multiplies by W on the way back in place of its transpose',
  (_, { inputs, parameters, right }) => {
    if (parameters.activation !== 'linear') return {}
    const { dx, dH0 } = right({ ...inputs, W: transposed(inputs.W) }, parameters)
    return { dx, dH0 }
  },
)

export const transposesGradient = wrongGradient.outputs(
  'gives the gradient by W transposed',
  ({ dW }) => ({ dW: transposed(dW) }),
)

export const ignoresSlope = wrongGradient.parameters(
  'leaves out the slope of the activation',
  () => ({ activation: 'linear' }),
)

export const forgetsLast = wrongGradient.inputs(
  'forgets the gradient of the last state',
  ({ dLast }) => ({ dLast: zeros(dLast.shape) }),
)

export const forgetsStates = wrongGradient.inputs(
  'forgets the gradients of all states but the last one',
  ({ dh }) => ({ dh: zeros(dh.shape) }),
)

export const averagesSequences = wrongGradient.outputs(
  'averages over the sequences of a batch',
  ({ dU, dW, db }, { sizes: { N } }) => {
    const mean = (d: NumberArray<number>) => changed(d, (v) => v / N!)
    return { dU: mean(dU), dW: mean(dW), db: mean(db) }
  },
)

export const stopsAtFirstStep = wrongGradient.outputs(
  'gives as the gradient by the first state that of what enters the first step',
  (_, { inputs, parameters, sizes: { T } }) => {
    const { delta } = backwards(inputs, parameters as never)
    const first = parameters.direction === 'forward' ? 0 : T! - 1
    return { dH0: build(inputs.h0.shape, (n, i) => delta.at(first, n, i)) }
  },
)

export const gradientIgnoresPadding = wrongGradient.inputs(
  'takes padding for inputs',
  ({ padded }) => ({ padded: zeros(padded.shape) }),
)

export const sendsAhead = wrongGradient.outputs(
  'sends gradients on to later steps in place of earlier ones',
  (_, { inputs, parameters, right }) => {
    const { direction } = parameters
    const other = direction === 'forward' ? 'reverse' : 'forward'
    return { dx: right(inputs, { ...parameters, direction: other }).dx }
  },
)

export const backSlips = wrongGradient.answer(
  'is off by 2e-4 in what comes back to the first unit at the middle step',
  ({ inputs, parameters, right, sizes }) => {
    const { T, N, I, H } = sizes as Readonly<Record<'T' | 'N' | 'I' | 'H', number>>
    const whole = right(inputs, parameters)
    const middle = Math.floor(T / 2)
    if (middle === 0) return whole
    const isForward = parameters.direction === 'forward'
    const steps = (from: number, to: number, more: Partial<typeof inputs>) =>
      right(
        {
          ...inputs,
          x: part(inputs.x, [to - from, N, I], [from]),
          padded: part(inputs.padded, [to - from, N], [from]),
          dh: part(inputs.dh, [to - from, N, H], [from]),
          ...more,
        },
        parameters,
      )
    const between = whole.h
    const state = (t: number) => ({ h0: build([N, H], (n, i) => between.at(t, n, i)) })
    const late = isForward ? steps(middle, T, state(middle - 1)) : steps(0, middle, state(middle))
    const dLast = build([N, H], (n, i) => late.dH0.at(n, i) * (i === 0 ? 1 + 2e-4 : 1))
    const early = isForward ? steps(0, middle, { dLast }) : steps(middle, T, { dLast })
    const inTime = (name: 'dx' | 'delta') =>
      isForward ? joined(0, early[name], late[name]) : joined(0, late[name], early[name])
    const added = (name: 'dU' | 'dW' | 'db') =>
      build(whole[name].shape, (...at) => early[name].at(...at) + late[name].at(...at))
    const place = isForward ? middle : middle - 1
    const earlier = isForward ? joined(0, early.back, late.back) : joined(0, late.back, early.back)
    return {
      dx: inTime('dx'),
      dU: added('dU'),
      dW: added('dW'),
      db: added('db'),
      dH0: early.dH0,
      h: whole.h,
      delta: inTime('delta'),
      back: build([T, N, H], (t, n, i) => (t === place ? dLast.at(n, i) : earlier.at(t, n, i))),
    }
  },
)

export const otherStates = wrongGradient.outputs(
  'returns other states than those that it is computed with',
  ({ h }, { sizes: { T } }) => ({
    h: build(h.shape, (t, n, i) => h.at(t, n, i) * (2 * t < T! || i > 0 ? 1 : 1 + 2e-4)),
  }),
)

export const droppedStep = wrongGradient.outputs(
  'leaves the middle step out of the sums over time',
  ({ dU, dW, db }, { inputs, parameters, sizes }) => {
    const { T, N } = sizes as Readonly<Record<'T' | 'N', number>>
    const { delta } = backwards(inputs, parameters as never)
    const { before } = recurrence(number, inputs, parameters)
    const t = Math.floor(T / 2)
    const less = (d: NumberArray<number>, by: (n: number, j: number) => number) =>
      build(d.shape, (i, j = 0) => {
        let sum = d.at(...(d.shape.length === 1 ? [i] : [i, j]))
        for (let n = 0; n < N; n++) sum -= delta.at(t, n, i) * by(n, j)
        return sum
      })
    return {
      dU: less(dU, (n, j) => (inputs.padded.at(t, n) === 1 ? 0 : inputs.x.at(t, n, j))),
      dW: less(dW, (n, j) => before.at(t, n, j)),
      db: less(db, () => 1),
    }
  },
)
