import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  scoresGradient as gradientReference,
  scores as reference,
} from '../../../reference/rnn/scores.ts'
import { scores, scoresGradient } from '../../../spec/rnn/scores.ts'
import { changed, permuted, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(scores, reference)
const wrongGradient = faultsOf(scoresGradient, gradientReference)
const before = (h: NumberArray<number>) =>
  build(h.shape, (t, n, i) => (t === 0 ? 0 : h.at(t - 1, n, i)))

export const stateBefore = wrong.inputs('takes the state of the step before', ({ h }) => ({
  h: before(h),
}))

export const transposesOutput = wrong.inputs(
  'takes the weights transposed where they are square',
  ({ V }, { sizes: { H, O } }) => ({ V: H === O ? permuted(V, (k, i) => [i, k]) : V }),
)

export const noOutputBias = wrong.inputs('leaves the biases out', ({ c }) => ({
  c: zeros(c.shape),
}))

export const remembersScores = wrong.outputs('adds the scores of the step before', ({ o }) => ({
  o: build(o.shape, (t, n, k) => o.at(t, n, k) + (t === 0 ? 0 : o.at(t - 1, n, k))),
}))

export const rectifiesScores = wrong.outputs('rectifies the scores', ({ o }) => ({
  o: changed(o, (v) => Math.max(v, 0)),
}))

export const lastStepOfV = wrongGradient.outputs(
  'gives the gradients by weights and biases of the last step, without a sum over time',
  (_, { inputs, parameters, right, sizes: { T } }) => {
    const dO = inputs.do
    const last = build(dO.shape, (t, n, k) => (t === T! - 1 ? dO.at(t, n, k) : 0))
    const { dV, dc } = right({ ...inputs, do: last }, parameters)
    return { dV, dc }
  },
)

export const averagesOutput = wrongGradient.outputs(
  'averages over the sequences of a batch',
  ({ dV, dc }, { sizes: { N } }) => ({
    dV: changed(dV, (v) => v / N!),
    dc: changed(dc, (v) => v / N!),
  }),
)

export const stateBeforeForV = wrongGradient.outputs(
  'multiplies by the state of the step before',
  (_, { inputs, parameters, right }) => ({
    dV: right({ ...inputs, h: before(inputs.h) }, parameters).dV,
  }),
)

export const untransposedBack = wrongGradient.inputs(
  'sends gradients back through weights that are not transposed, where they are square',
  ({ V }, { sizes: { H, O } }) => ({ V: H === O ? permuted(V, (k, i) => [i, k]) : V }),
)

export const averagesStates = wrongGradient.outputs(
  'averages over the sequences of a batch in the gradient by the states, too',
  ({ dh }, { sizes: { N } }) => ({ dh: changed(dh, (v) => v / N!) }),
)
