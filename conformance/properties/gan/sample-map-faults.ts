import { build, sum } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { generate as reference } from '../../../reference/gan/sample-map.ts'
import { generate } from '../../../spec/gan/sample-map.ts'
import { changed, permuted, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(generate, reference)

/** A generator with another activation of its hidden units. */
const activates = (name: string, activation: (s: number) => number) =>
  wrong.answer(name, ({ inputs, sizes: { M, Z, Hg, X } }) => {
    const { noise, generatorHidden: U, generatorHiddenBias: a } = inputs
    const { generatorOutput: V, generatorOutputBias: c } = inputs
    const h = build([M!, Hg!], (m, i) =>
      activation(sum(number, [Z!], (j) => noise.at(m, j) * U.at(j, i)) + a.at(i)),
    )
    return {
      x: build([M!, X!], (m, j) => sum(number, [Hg!], (i) => h.at(m, i) * V.at(i, j)) + c.at(j)),
    }
  })

export const forgetsTanh = activates('has linear hidden units', (s) => s)
export const rectifies = activates('rectifies hidden units', (s) => Math.max(0, s))
export const squashes = activates(
  'takes the sigmoid for hidden units',
  (s) => 1 / (1 + Math.exp(-s)),
)

export const forgetsHiddenBias = wrong.inputs(
  'forgets the biases of hidden units',
  ({ generatorHiddenBias }) => ({ generatorHiddenBias: zeros(generatorHiddenBias.shape) }),
)

export const forgetsOutputBias = wrong.inputs(
  'forgets the biases of a sample',
  ({ generatorOutputBias }) => ({ generatorOutputBias: zeros(generatorOutputBias.shape) }),
)

export const squashesSamples = wrong.outputs('has tanh at its output as well', ({ x }) => ({
  x: changed(x, Math.tanh),
}))

export const normalizesBatch = wrong.inputs(
  'takes the mean of the batch from the noise',
  ({ noise }, { sizes: { M } }) => ({
    noise: build(noise.shape, (m, j) => {
      const mean = sum(number, [M!], (n) => noise.at(n, j)) / M!
      return noise.at(m, j) - (M! > 1 ? mean : 0)
    }),
  }),
)

export const generatesOne = wrong.inputs(
  'makes every sample of the first noise vector',
  ({ noise }) => ({ noise: permuted(noise, (_, j) => [0, j]) }),
)

export const copiesData = wrong.answer(
  'E-57 read literally: gives what training data are, here ones',
  ({ right, inputs, parameters }) => ({ x: changed(right(inputs, parameters).x, () => 1) }),
)
