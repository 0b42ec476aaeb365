import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import {
  deepScoresGradient as gradientReference,
  deepScores as reference,
} from '../../../reference/rnn/deep-output.ts'
import { scoresGradient } from '../../../reference/rnn/scores.ts'
import { deepScores, deepScoresGradient } from '../../../spec/rnn/deep-output.ts'
import { permuted, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(deepScores, reference)
const wrongGradient = faultsOf(deepScoresGradient, gradientReference)
const transposedLast = (M: NumberArray<number>) => permuted(M, (l, i, j) => [l, j, i])
export const stateBefore = wrong.inputs('takes the state of the step before', ({ h }) => ({
  h: build(h.shape, (t, n, i) => (t > 0 ? h.at(t - 1, n, i) : h.at(t, n, i))),
}))

export const remembers = wrong.inputs('adds the states of all steps before', ({ h }) => ({
  h: build(h.shape, (t, n, i) => {
    let sum = 0
    for (let before = 0; before <= t; before++) sum += h.at(before, n, i)
    return sum
  }),
}))

export const transposesBetween = wrong.inputs(
  'takes the weights from layer to layer transposed',
  ({ A }) => ({ A: transposedLast(A) }),
)

export const sameBetween = wrong.inputs(
  'takes the weights into the second layer for those into all further ones',
  ({ A }) => ({ A: permuted(A, (_, i, j) => [0, i, j]) }),
)

export const firstBiasForAll = wrong.inputs(
  'takes the biases of the first layer for those of all of them',
  ({ wayBias }) => ({ wayBias: permuted(wayBias, (_, i) => [0, i]) }),
)

export const noBiasOfScores = wrong.inputs('has no biases of the scores', ({ c }) => ({
  c: zeros(c.shape),
}))

export const leavesOutLast = wrong.inputs(
  'leaves out the last of several layers on the way',
  ({ A, wayBias }) => {
    const fewer = (array: NumberArray<number>) =>
      build(array.shape.with(0, Math.max(array.shape[0]! - 1, 0)), (...at) => array.at(...at))
    return A.shape[0] === 0 ? {} : { A: fewer(A), wayBias: fewer(wayBias) }
  },
)

export const wayIsLinear = wrong.parameters('has no activation on the way', () => ({
  activation: 'linear',
}))

export const activatesScores = wrong.outputs(
  'has an activation of the scores as well',
  ({ o }, { parameters: { activation } }) => {
    const of = (v: number) => (activation === 'tanh' ? Math.tanh(v) : Math.max(v, 0))
    return activation === 'linear' ? {} : { o: build(o.shape, (...at) => of(o.at(...at))) }
  },
)

export const activatesFirstAlone = wrong.answer(
  'has an activation of the first layer on the way alone',
  ({ inputs, parameters, right }) => {
    const { h, F, A, wayBias, V, c } = inputs
    const [L, M] = wayBias.shape as [number, number]
    if (L === 1) return right(inputs, parameters)
    const identity = build([M, M], (i, j) => (i === j ? 1 : 0))
    const biases = (from: number, count: number) =>
      build([count, M], (l, i) => wayBias.at(from + l, i))
    const first = right(
      { h, F, A: zeros([0, M, M]), wayBias: biases(0, 1), V: identity, c: zeros([M]) },
      parameters,
    )
    const further = build([L - 2, M, M], (l, i, j) => A.at(l + 1, i, j))
    const second = build([M, M], (i, j) => A.at(0, i, j))
    return right(
      { h: first.o, F: second, A: further, wayBias: biases(1, L - 1), V, c },
      { activation: 'linear' },
    )
  },
)

export const lastLayerAlone = wrongGradient.outputs(
  'sends nothing back past the last layer on the way',
  ({ dh, dF, dWayBias }, { sizes: { Layers } }) => ({
    dh: zeros(dh.shape),
    dF: Layers === 1 ? dF : zeros(dF.shape),
    dWayBias: build(dWayBias.shape, (l, i) => (l === Layers! - 1 ? dWayBias.at(l, i) : 0)),
  }),
)

export const transposesGradient = wrongGradient.outputs(
  'gives the gradient by the weights between layers transposed',
  ({ dA }) => ({ dA: transposedLast(dA) }),
)

export const firstForLast = wrongGradient.outputs(
  'multiplies what arrives at the scores by what the first layer gives, not the last',
  (_, { inputs, parameters, right }) => {
    const { inner } = right(inputs, parameters)
    const [T, , N, M] = inner.shape as [number, number, number, number]
    const z = build([T, N, M], (t, n, i) => inner.at(t, 0, n, i))
    return { dV: scoresGradient(number, { h: z, V: inputs.V, do: inputs.do }, {}).dV }
  },
)

export const lastStepAlone = wrongGradient.inputs(
  'gives the gradients of the last step alone',
  ({ do: dO }) => ({
    do: build(dO.shape, (t, n, k) => (t === dO.shape[0]! - 1 ? dO.at(t, n, k) : 0)),
  }),
)

export const averages = wrongGradient.outputs(
  'divides the sums over time by the number of steps',
  ({ dF, dV }, { sizes: { T } }) => {
    const mean = (array: NumberArray<number>) => build(array.shape, (...at) => array.at(...at) / T!)
    return { dF: mean(dF), dV: mean(dV) }
  },
)

export const withoutSlopes = wrongGradient.parameters(
  'sends the gradient through the layers without their slopes',
  () => ({ activation: 'linear' }),
)
