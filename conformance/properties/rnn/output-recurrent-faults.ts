import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import {
  outputRecurrentGradient as gradientReference,
  outputRecurrent as reference,
} from '../../../reference/rnn/output-recurrent.ts'
import { outputRecurrent, outputRecurrentGradient } from '../../../spec/rnn/output-recurrent.ts'
import { permuted, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(outputRecurrent, reference)
const wrongGradient = faultsOf(outputRecurrentGradient, gradientReference)
const transposed = (M: NumberArray<number>) => permuted(M, (i, j) => [j, i])

export const alwaysOwn = wrong.parameters(
  'feeds its own outputs back where targets should be',
  () => ({
    feedback: 'own',
  }),
)

export const targetOfSameStep = wrong.inputs(
  'feeds back what should come out of the step itself',
  ({ y }, { sizes: { T } }) => ({
    y: build(y.shape, (t, n, k) => y.at(Math.min(t + 1, T! - 1), n, k)),
  }),
)

export const exchangesWeights = wrong.inputs(
  'exchanges the weights into the state and out of it, where both are square',
  ({ W, V }, { sizes: { H, O } }) => (H === O ? { W: V, V: W } : {}),
)

export const stateComesBack = wrong.answer(
  'adds the state before, of as many units, to what enters the next one',
  ({ inputs, parameters, right, sizes: { T } }) => {
    let { x, U } = inputs
    const [, N, I] = x.shape as [number, number, number]
    const H = U.shape[0]!
    // The state before as further inputs, with the identity as their weights.
    U = build([H, I + H], (i, j) => (j < I ? inputs.U.at(i, j) : j - I === i ? 1 : 0))
    x = build([T!, N, I + H], (t, n, j) => (j < I ? inputs.x.at(t, n, j) : 0))
    let answer = right({ ...inputs, x, U }, parameters)
    for (let t = 1; t < T!; t++) {
      const [given, { h }] = [x, answer]
      x = build(x.shape, (s, n, j) =>
        s === t && j >= I ? h.at(t - 1, n, j - I) : given.at(s, n, j),
      )
      answer = right({ ...inputs, x, U }, parameters)
    }
    return answer
  },
)

export const outputWithoutBias = wrong.inputs('leaves the biases of the output out', ({ c }) => ({
  c: zeros(c.shape),
}))

export const forgetsFirstOutput = wrong.inputs('begins from an output of zeros', ({ o0 }) => ({
  o0: zeros(o0.shape),
}))

export const throughTargets = wrongGradient.parameters(
  'goes back through time with teacher forcing, too',
  () => ({ feedback: 'own' }),
)

export const stepsApart = wrongGradient.outputs(
  'sends no gradient back to an earlier step',
  (_, { inputs, parameters, right }) => {
    const { dx, dU, db, dV, dc } = right(inputs, { ...parameters, feedback: 'target' })
    return parameters.activation === 'linear' ? { dx, dU, db, dV, dc } : {}
  },
)

export const noGradientOfTargets = wrongGradient.outputs(
  'gives no gradient by the targets that come back',
  ({ dy }) => ({ dy: zeros(dy.shape) }),
)

export const transposesFeedback = wrongGradient.outputs(
  'gives the gradient by the weights that lead back transposed, where they are square',
  ({ dW }, { sizes: { H, O } }) => ({ dW: H === O ? transposed(dW) : dW }),
)

export const stateForOutput = wrongGradient.outputs(
  'leaves out of the gradient by the weights of the output what comes back',
  (_, { inputs, parameters, sizes: { T, N } }) => {
    const { h } = reference(number, inputs, parameters)
    const dO = inputs.do
    return {
      dV: build(inputs.V.shape, (k, i) => {
        let sum = 0
        for (let t = 0; t < T!; t++)
          for (let n = 0; n < N!; n++) sum += dO.at(t, n, k) * h.at(t, n, i)
        return sum
      }),
    }
  },
)
