import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import {
  deepInputGradient as gradientReference,
  deepInput as reference,
} from '../../../reference/rnn/deep-input.ts'
import { forward } from '../../../reference/rnn/forward.ts'
import { deepInput, deepInputGradient } from '../../../spec/rnn/deep-input.ts'
import { permuted, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(deepInput, reference)
const wrongGradient = faultsOf(deepInputGradient, gradientReference)
const transposedLast = (M: NumberArray<number>) => permuted(M, (l, i, j) => [l, j, i])

export const transposesBetween = wrong.inputs(
  'takes the weights from layer to layer transposed',
  ({ A }) => ({ A: transposedLast(A) }),
)

export const sameBetween = wrong.inputs(
  'takes the weights into the second layer for those into all further ones',
  ({ A }) => ({ A: permuted(A, (_, i, j) => [0, i, j]) }),
)

export const firstBiasAlone = wrong.inputs(
  'has a bias in the first layer on the way alone',
  ({ wayBias }) => ({ wayBias: build(wayBias.shape, (l, i) => (l === 0 ? wayBias.at(l, i) : 0)) }),
)

export const noBiasOfState = wrong.inputs('has no bias behind the layers on the way', ({ b }) => ({
  b: zeros(b.shape),
}))

export const leavesOutLast = wrong.inputs(
  'leaves out the last of several layers on the way',
  ({ A, wayBias }) => {
    const fewer = (array: NumberArray<number>) =>
      build(array.shape.with(0, Math.max(array.shape[0]! - 1, 0)), (...at) => array.at(...at))
    return A.shape[0] === 0 ? {} : { A: fewer(A), wayBias: fewer(wayBias) }
  },
)

export const takesPadding = wrong.inputs('takes padding for inputs', ({ padded }) => ({
  padded: zeros(padded.shape),
}))

export const wayRemembers = wrong.inputs(
  'adds to the inputs of a step those of the step before, on their way in',
  ({ x }) => ({
    x: build(x.shape, (t, n, j) => x.at(t, n, j) + (t > 0 ? x.at(t - 1, n, j) : 0)),
  }),
)

export const startsAnew = wrong.inputs('has no way from a state to the next one', ({ W }) => ({
  W: zeros(W.shape),
}))

export const stateForward = wrong.parameters('takes every sequence forwards', () => ({
  direction: 'forward',
}))

export const wayIsLinear = wrong.answer(
  'has no activation on the way in',
  ({ inputs, parameters, right }) => {
    const [M, N] = [inputs.wayBias.shape[1]!, inputs.h0.shape[0]!]
    const asState = {
      ...inputs,
      U: build([M, M], (i, j) => (i === j ? 1 : 0)),
      W: zeros([M, M]),
      b: zeros([M]),
      h0: zeros([N, M]),
    }
    const x = right(asState, { ...parameters, activation: 'linear' }).h
    const { h, last } = forward(number, { ...inputs, x }, parameters)
    return { h, last }
  },
)

export const lastLayerAlone = wrongGradient.outputs(
  'sends nothing back past the last layer on the way',
  ({ dx, dF, dWayBias, dA }, { sizes: { Layers } }) => ({
    dx: zeros(dx.shape),
    dF: Layers === 1 ? dF : zeros(dF.shape),
    dWayBias: build(dWayBias.shape, (l, i) => (l === Layers! - 1 ? dWayBias.at(l, i) : 0)),
    dA: build(dA.shape, (l, i, j) => (l === Layers! - 2 ? dA.at(l, i, j) : 0)),
  }),
)

export const transposesGradient = wrongGradient.outputs(
  'gives the gradient by the weights between layers transposed',
  ({ dA }) => ({ dA: transposedLast(dA) }),
)

/** Sums over all steps and sequences. */
const overTime = (
  shape: readonly [number, number],
  T: number,
  N: number,
  term: (t: number, n: number, i: number, j: number) => number,
) =>
  build(shape, (i, j) => {
    let sum = 0
    for (let t = 0; t < T; t++) for (let n = 0; n < N; n++) sum += term(t, n, i, j)
    return sum
  })

export const firstForLast = wrongGradient.outputs(
  'multiplies what enters the state by what the first layer gives, not the last',
  (_, { inputs, parameters, right }) => {
    const { delta, inner } = right(inputs, parameters)
    const [T, , N, M] = inner.shape as [number, number, number, number]
    return {
      dU: overTime(
        [delta.shape[2]!, M],
        T,
        N,
        (t, n, i, j) => delta.at(t, n, i) * inner.at(t, 0, n, j),
      ),
    }
  },
)

export const sumsPadding = wrongGradient.inputs(
  'adds what stands at padded steps to the sums over time',
  ({ padded }) => ({ padded: zeros(padded.shape) }),
)

export const lastStepAlone = wrongGradient.outputs(
  'gives the gradients by the weights on the way of the step that is done last alone',
  (_, { inputs, parameters, right, sizes: { T } }) => {
    const { innerDelta, inner } = right(inputs, parameters)
    const end = parameters.direction === 'forward' ? T! - 1 : 0
    const isPadding = (n: number) => inputs.padded.at(end, n) === 1
    const [, L, N, M] = inner.shape as [number, number, number, number]
    const own = (t: number) => t === end
    return {
      dF: overTime([M, inputs.x.shape[2]!], T!, N, (t, n, i, j) =>
        own(t) && !isPadding(n) ? innerDelta.at(t, 0, n, i) * inputs.x.at(t, n, j) : 0,
      ),
      dA: build([L - 1, M, M], (l, i, j) => {
        let sum = 0
        for (let n = 0; n < N; n++) sum += innerDelta.at(end, l + 1, n, i) * inner.at(end, l, n, j)
        return sum
      }),
    }
  },
)

export const withoutSlopes = wrongGradient.outputs(
  'sends the gradient through the layers on the way without their slopes',
  (_, { inputs, parameters, right }) => {
    const { delta } = right(inputs, parameters)
    const { U, F, A } = inputs
    const [T, N] = delta.shape as [number, number]
    const through = (g: NumberArray<number>, M: (i: number, j: number) => number, width: number) =>
      build([T, N, width], (t, n, j) => {
        let sum = 0
        for (let i = 0; i < g.shape[2]!; i++) sum += M(i, j) * g.at(t, n, i)
        return sum
      })
    let g = through(delta, (i, j) => U.at(i, j), U.shape[1]!)
    for (let l = A.shape[0]! - 1; l >= 0; l--) {
      g = through(g, (i, j) => A.at(l, i, j), A.shape[1]!)
    }
    return { dx: through(g, (i, j) => F.at(i, j), F.shape[1]!) }
  },
)

/** A relative mistake in one unit of a late step. */
export const offInOneUnit = wrong.outputs(
  'is off by 2e-4 in one unit of the thirtieth step',
  ({ h, last }) => {
    const [T] = h.shape as [number]
    return {
      h: build(h.shape, (t, n, i) => h.at(t, n, i) * (t === 30 % T && i === 0 ? 1 + 2e-4 : 1)),
      last,
    }
  },
)

export const offInOneSum = wrongGradient.outputs(
  'is off by 1e-3 in one of the gradients by the weights on the way',
  ({ dF }) => ({
    dF: build(dF.shape, (i, j) => dF.at(i, j) * (i === 0 && j === 0 ? 1 + 1e-3 : 1)),
  }),
)

export const offInOneInnerDelta = wrongGradient.outputs(
  'is off by 1e-3 in one unit of what goes back through the way at the thirtieth step',
  ({ innerDelta }) => {
    const [T] = innerDelta.shape as [number]
    return {
      innerDelta: build(
        innerDelta.shape,
        (t, l, n, i) => innerDelta.at(t, l, n, i) * (t === 30 % T && i === 0 ? 1 + 1e-3 : 1),
      ),
    }
  },
)
