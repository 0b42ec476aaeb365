import { build, elementwise, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { jacobian as reference } from '../../../reference/bptt/jacobian.ts'
import { jacobian } from '../../../spec/bptt/jacobian.ts'
import { permuted } from '../../kit/arrays.ts'
import { faultsOf, type Question } from '../../kit/faults.ts'

const wrong = faultsOf(jacobian, reference)
type Asked = Question<typeof jacobian>

const transposed = (W: NumberArray<number>) => permuted(W, (i, j) => [j, i])

/** The factor of each step from one to another, as the right answer has it. */
function factorsOf({ inputs, parameters, right }: Asked): readonly NumberArray<number>[] {
  const { start, end } = parameters
  return Array.from(
    { length: end - start },
    (_, s) => right(inputs, { ...parameters, start: start + s, end: start + s + 1 }).J,
  )
}

const product = (A: NumberArray<number>, B: NumberArray<number>) =>
  build(A.shape, (n, i, j) => {
    let sum = 0
    for (let k = 0; k < A.shape[1]!; k++) sum += A.at(n, i, k) * B.at(n, k, j)
    return sum
  })

export const ignoresSlope = wrong.outputs(
  'leaves the slopes out: a power of W',
  (_, { inputs, parameters, right }) => ({
    J: right(inputs, { ...parameters, activation: 'linear' }).J,
  }),
)

export const firstFactorLeft = wrong.outputs(
  'multiplies the factors in the opposite order',
  ({ J }, asked) => {
    const factors = factorsOf(asked)
    return { J: factors.length === 0 ? J : factors.reduce((all, F) => product(all, F)) }
  },
)

export const givesTranspose = wrong.outputs('gives the transpose', ({ J }) => ({
  J: permuted(J, (n, i, j) => [n, j, i]),
}))

export const slopesBehind = wrong.outputs(
  'multiplies by the slopes of the states before, behind W in place of before it',
  ({ J }, asked) => {
    const { inputs, parameters, right } = asked
    if (parameters.end !== parameters.start + 1) return { J }
    const withTranspose = right({ ...inputs, W: transposed(inputs.W) }, parameters).J
    return { J: permuted(withTranspose, (n, i, j) => [n, j, i]) }
  },
)

export const oneFactorLess = wrong.parameters(
  'leaves the factor of the first step out',
  ({ start, end }) => ({ start: Math.min(start + 1, end) }),
)

export const addsFactors = wrong.outputs('adds the factors up', ({ J }, asked) => {
  const factors = factorsOf(asked)
  if (factors.length < 2) return { J }
  return {
    J: factors.reduce((all, F) => build(J.shape, (...at) => all.at(...at) + F.at(...at))),
  }
})

export const powersOfEntries = wrong.outputs(
  'E-38 taken at its word: multiplies entries by entries',
  ({ J }, asked) => {
    const factors = factorsOf(asked)
    if (factors.length < 2) return { J }
    return {
      J: factors.reduce((all, F) => build(J.shape, (...at) => all.at(...at) * F.at(...at))),
    }
  },
)

export const firstSequence = wrong.outputs(
  'gives the Jacobian of the first sequence for all of them',
  ({ J }) => ({ J: permuted(J, (_, i, j) => [0, i, j]) }),
)

export const zeroWithoutSteps = wrong.outputs(
  'gives 0 between a state and itself',
  ({ J }, { parameters: { start, end } }) => ({
    J: start === end ? elementwise(J, () => 0) : J,
  }),
)

export const sigmoidForTanh = wrong.outputs(
  'takes a quarter of the slope of tanh, as if it were that of the sigmoid',
  ({ J }, { parameters: { activation, start, end } }) => ({
    J: activation === 'tanh' ? elementwise(J, (v) => v / 4 ** (end - start)) : J,
  }),
)

export const linearKeepsAll = wrong.outputs(
  'E-61 taken at its word: without an activation gradients come back as they are',
  ({ J }, { parameters: { activation } }) => ({
    J: activation === 'linear' ? build(J.shape, (_, i, j) => (i === j ? 1 : 0)) : J,
  }),
)

export const wholeSlopeOfSigmoid = wrong.outputs(
  'takes four times the slope of the sigmoid, as if it were that of tanh',
  ({ J }, { parameters: { activation, start, end } }) => ({
    J: activation === 'sigmoid' ? elementwise(J, (v) => v * 4 ** (end - start)) : J,
  }),
)
