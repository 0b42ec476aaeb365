import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { meanErrors as reference } from '../../../reference/federated/local-only.ts'
import { meanErrors } from '../../../spec/federated/local-only.ts'
import { changed, filled, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(meanErrors, reference)

const total = ({ data }: NumberArray<number>) => data.reduce((sum, v) => sum + v, 0)
/** Errors of clients whose variances or biases are others. */
const errors = (variance: NumberArray<number>, bias: NumberArray<number>) => ({
  variance,
  bias,
  local: build(variance.shape, (k) => variance.at(k) + bias.at(k)),
})

export const oneLess = wrong.outputs(
  'divides the variance of a client by one point less',
  ({ bias, variance: right }, { inputs: { variances, counts } }) =>
    errors(
      build(counts.shape, (k) =>
        counts.at(k) > 1 ? variances.at(k) / (counts.at(k) - 1) : right.at(k),
      ),
      bias,
    ),
)

export const noBias = wrong.outputs('leaves the bias out', ({ variance }) => ({
  local: variance,
}))

export const notSquared = wrong.outputs(
  'takes the bias as it is, without its square',
  ({ bias, variance }) => errors(variance, changed(bias, Math.sqrt)),
)

export const biasShrinks = wrong.outputs(
  'divides the bias by the points as well',
  ({ bias, variance }, { inputs: { counts } }) =>
    errors(
      variance,
      changed(bias, (b, k) => b / counts.at(k)),
    ),
)

export const clientsAlike = wrong.answer(
  'learns the mean of the means of clients, however many points they have',
  ({ inputs, parameters, right }) => {
    const { means, counts } = inputs
    const { mean, bias } = right({ ...inputs, counts: filled(counts.shape, 1) }, parameters)
    const { variance, pooled } = right({ ...inputs, means: filled(means.shape, 0) }, parameters)
    return { mean, pooled, ...errors(variance, bias) }
  },
)

export const modelsAlike = wrong.outputs(
  'averages the means of clients with the same weight, and their variances with its square',
  (_, { inputs: { variances, counts }, sizes }) => {
    const own = changed(variances, (v, k) => v / counts.at(k))
    return { pooled: scalar(total(own) / sizes.K! ** 2) }
  },
)

export const meanVariance = wrong.outputs(
  'gives the mean variance of points for that of their mean',
  ({ pooled }, { inputs: { counts } }) => ({
    pooled: changed(pooled, (v) => v * total(counts)),
  }),
)
