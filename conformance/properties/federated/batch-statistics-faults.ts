import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { batchStatistics as reference } from '../../../reference/federated/batch-statistics.ts'
import { batchStatistics } from '../../../spec/federated/batch-statistics.ts'
import { changed, filled, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

type Numbers = NumberArray<number>

const wrong = faultsOf(batchStatistics, reference)

/** The mean of one row for each participant, weighted by points. */
const weighted = (rows: Numbers, counts: Numbers): Numbers => {
  const all = counts.data.reduce((sum, n) => sum + n, 0)
  return build([rows.shape[1]!], (i) =>
    counts.data.reduce((sum, n, k) => sum + (n / all) * rows.at(k, i), 0),
  )
}

export const averagesVariances = wrong.outputs(
  'averages variances by points, as if they were weights of the model',
  (_, { inputs: { variances, counts } }) => ({ variance: weighted(variances, counts) }),
)

export const averagesDeviations = wrong.outputs(
  'averages standard deviations',
  (_, { inputs: { variances, counts } }) => {
    const deviations = changed(variances, Math.sqrt)
    return { variance: changed(weighted(deviations, counts), (s) => s * s) }
  },
)

export const weighsAlike = wrong.inputs(
  'gives every participant with points the same weight',
  ({ counts }) => ({ counts: changed(counts, (n) => Math.min(1, n)) }),
)

export const countsNobody = wrong.inputs(
  'counts a participant without points as one with a point',
  ({ counts }) => ({ counts: changed(counts, (n) => Math.max(1, n)) }),
)

export const meanOfMeans = wrong.outputs(
  'measures how far means are from their mean without regard to points',
  ({ variance }, { inputs: { means, counts } }) => {
    const mean = weighted(means, counts)
    const centre = weighted(means, filled(counts.shape, 1))
    return {
      // The mean square of the distance from elsewhere is larger by the square of how far that is.
      variance: changed(variance, (v, i) => v + (centre.at(i) - mean.at(i)) ** 2),
    }
  },
)

export const withoutMeans = wrong.inputs(
  'adds the squares of the means and does not take off that of their mean',
  ({ means, variances }) => ({
    variances: changed(variances, (v, at) => v + means.data[at]! ** 2),
  }),
)

export const takesOff = wrong.outputs(
  'takes off by how much means differ instead of adding it',
  ({ variance }, { inputs, parameters, right }) => {
    const none = zeros(inputs.variances.shape)
    const between = right({ ...inputs, variances: none }, parameters).variance
    return { variance: changed(variance, (v, i) => Math.max(0, v - 2 * between.at(i))) }
  },
)

export const addsVariances = wrong.outputs(
  'adds variances up without dividing by the points of all',
  ({ variance }, { inputs: { counts } }) => {
    const all = counts.data.reduce((sum, n) => sum + n, 0)
    return { variance: changed(variance, (v) => v * all) }
  },
)

export const knowsOneDivisor = wrong.parameters('divides by the number of points always', () => ({
  divisor: 'points',
}))

export const mixesDivisors = wrong.outputs(
  'weighs variances with one less in the divisor by all points of each',
  ({ variance }, { inputs: { means, variances, counts }, parameters, right }) => {
    if (parameters.divisor === 'points') return {}
    const all = counts.data.reduce((sum, n) => sum + n, 0)
    if (all === 1) return {}
    const none = zeros(variances.shape)
    const between = right({ means, variances: none, counts }, parameters).variance
    return {
      variance: build(
        variance.shape,
        (i) => (weighted(variances, counts).at(i) * all) / (all - 1) + between.at(i),
      ),
    }
  },
)

export const noNumber = wrong.outputs(
  'divides 0 by 0 where there is a single point',
  ({ variance }, { inputs: { counts }, parameters: { divisor } }) => {
    const all = counts.data.reduce((sum, n) => sum + n, 0)
    return divisor === 'points less one' && all === 1
      ? { variance: changed(variance, () => Number.NaN) }
      : {}
  },
)

export const firstStays = wrong.inputs(
  'keeps the statistics of the first participant',
  ({ means, variances }) => ({
    means: build(means.shape, (_, i) => means.at(0, i)),
    variances: build(variances.shape, (_, i) => variances.at(0, i)),
  }),
)

export const acceptsNobody = wrong.accepts('gives zeros where nobody has a point', ({ means }) => {
  const shape = means!.shape.slice(1)
  const none = { dtype: 'float32' as const, shape, data: new Float32Array(shape[0]!) }
  return { mean: none, variance: none }
})
