import { build, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import {
  featureFrechetDistance as featureReference,
  frechetDistance as reference,
} from '../../../reference/gan/frechet-distance.ts'
import { svd } from '../../../reference/matrix.ts'
import { featureFrechetDistance, frechetDistance } from '../../../spec/gan/frechet-distance.ts'
import { filled, joined, part, permuted, row } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(frechetDistance, reference)
const wrongFeatures = faultsOf(featureFrechetDistance, featureReference)

type Matrix = NumberArray<number>

/** The distance from its terms. */
const of = (means: number, traces: number, shared: number) => ({
  distance: row(means + traces - 2 * shared, means, traces, shared),
})

const product = (A: Matrix, B: Matrix) =>
  build([A.shape[0]!, B.shape[1]!], (i, j) =>
    sum(number, [A.shape[1]!], (k) => A.at(i, k) * B.at(k, j)),
  )
const traceOf = (A: Matrix) => sum(number, [A.shape[0]!], (i) => A.at(i, i))
const transposed = (A: Matrix) => build([A.shape[1]!, A.shape[0]!], (i, j) => A.at(j, i))

/** The root of a covariance. */
function rootOf(Sigma: Matrix): Matrix {
  const { s, V } = svd(Sigma)
  const scaled = build(V.shape, (i, l) => Math.sqrt(s[l]!) * V.at(i, l))
  return product(scaled, transposed(V))
}

export const rootsApart = wrong.outputs(
  'takes the trace of the product of both roots, as if covariances commuted',
  ({ distance: d }, { inputs: { covarianceReal, covarianceGenerated } }) =>
    of(d.at(1), d.at(2), traceOf(product(rootOf(covarianceReal), rootOf(covarianceGenerated)))),
)
export const rootsByElement = wrong.outputs(
  'takes the root of the product element by element',
  ({ distance: d }, { inputs: { covarianceReal, covarianceGenerated } }) => {
    const both = product(covarianceReal, covarianceGenerated)
    const roots = build(both.shape, (i, j) => Math.sqrt(Math.max(0, both.at(i, j))))
    return of(d.at(1), d.at(2), traceOf(roots))
  },
)
export const variancesAlone = wrong.inputs(
  'looks at variances alone',
  ({ covarianceReal: A, covarianceGenerated: B }) => ({
    covarianceReal: build(A.shape, (i, j) => (i === j ? A.at(i, j) : 0)),
    covarianceGenerated: build(B.shape, (i, j) => (i === j ? B.at(i, j) : 0)),
  }),
)
export const subtractsOnce = wrong.outputs(
  'subtracts the trace of the root once',
  ({ distance: d }) => ({ distance: row(d.at(0) + d.at(3), d.at(1), d.at(2), d.at(3)) }),
)
export const lengthOfMeans = wrong.outputs(
  'adds the distance of the means without squaring it',
  ({ distance: d }) => of(Math.sqrt(d.at(1)), d.at(2), d.at(3)),
)
export const rootOfAll = wrong.outputs('gives the root of the distance', ({ distance: d }) => ({
  distance: row(Math.sqrt(Math.max(0, d.at(0))), d.at(1), d.at(2), d.at(3)),
}))
export const forgetsMeans = wrong.outputs('leaves out the means', ({ distance: d }) =>
  of(0, d.at(2), d.at(3)),
)
export const realTwice = wrong.outputs(
  'takes the trace of the real covariance twice',
  ({ distance: d }, { inputs: { covarianceReal } }) =>
    of(d.at(1), 2 * traceOf(covarianceReal), d.at(3)),
)
export const swapsFeatures = wrong.inputs(
  'reads the features of one mean from the last to the first',
  ({ meanGenerated }, { sizes: { D } }) => ({
    meanGenerated: permuted(meanGenerated, (d) => [D! - 1 - d]),
  }),
)

export const otherDivisor = wrongFeatures.outputs(
  'divides by N where N − 1 is asked for, and the other way round',
  ({ distance: d }, { parameters: { divisor }, sizes: { N, M } }) => {
    if (Math.min(N!, M!) === 1) return { distance: filled([4], Number.NaN) }
    const ratio = (count: number) => (divisor === 'N' ? count / (count - 1) : (count - 1) / count)
    // Right where both sets are of one size, and their mean otherwise.
    const both = Math.sqrt(ratio(N!) * ratio(M!))
    return of(d.at(1), d.at(2) * both, d.at(3) * both)
  },
)
export const notCentred = wrongFeatures.outputs(
  'takes second moments for covariances',
  ({ distance: d }, { inputs: { real, generated }, parameters: { divisor } }) => {
    const less = divisor === 'N' ? 0 : 1
    const second = (x: Matrix) => {
      const C = product(transposed(x), x)
      return build(C.shape, (i, j) => C.at(i, j) / (x.shape[0]! - less))
    }
    const zero = filled([real.shape[1]!], 0)
    const { distance } = reference(
      number,
      {
        meanReal: zero,
        meanGenerated: zero,
        covarianceReal: second(real),
        covarianceGenerated: second(generated),
      },
      {},
    )
    return of(d.at(1), distance.at(2), distance.at(3))
  },
)
export const centresTogether = wrongFeatures.outputs(
  'takes the mean of all samples from both sets',
  ({ distance: d }, { inputs: { real, generated }, parameters: { divisor }, right }) => {
    const all = joined(0, real, generated)
    const mean = build([real.shape[1]!], (j) => {
      return sum(number, [all.shape[0]!], (n) => all.at(n, j)) / all.shape[0]!
    })
    // Both a set and its mirror image have the mean 0, and are as far from it as the set is.
    const mirrored = (x: Matrix) => {
      const away = build(x.shape, (n, j) => x.at(n, j) - mean.at(j))
      return joined(
        0,
        away,
        build(away.shape, (n, j) => -away.at(n, j)),
      )
    }
    const doubled = { real: mirrored(real), generated: mirrored(generated) }
    const { distance } = right(doubled, { divisor: 'N' })
    const less = divisor === 'N' ? 0 : 1
    const [N, M] = [real.shape[0]!, generated.shape[0]!]
    const factor = Math.sqrt((N / (N - less)) * (M / (M - less)))
    return of(d.at(1), distance.at(2) * factor, distance.at(3) * factor)
  },
)
export const addsMillionth = wrongFeatures.outputs(
  'adds a millionth of the largest variance to every one before it takes the root',
  (
    { distance: d },
    { inputs: { real, generated }, parameters: { divisor }, sizes: { N, M, D } },
  ) => {
    const less = divisor === 'N' ? 0 : 1
    const raised = (x: Matrix, count: number) => {
      const mean = build([D!], (j) => sum(number, [count], (n) => x.at(n, j)) / count)
      const away = build(x.shape, (n, j) => x.at(n, j) - mean.at(j))
      const C = product(transposed(away), away)
      const largest = Math.max(...C.data.map(Math.abs))
      return build(
        C.shape,
        (i, j) => (C.at(i, j) + (i === j ? 1e-6 * largest : 0)) / (count - less),
      )
    }
    const zero = filled([D!], 0)
    const { distance } = reference(
      number,
      {
        meanReal: zero,
        meanGenerated: zero,
        covarianceReal: raised(real, N!),
        covarianceGenerated: raised(generated, M!),
      },
      {},
    )
    return of(d.at(1), d.at(2), distance.at(3))
  },
)
export const pairsSamples = wrongFeatures.outputs(
  'compares each real sample with the generated one at its place',
  (
    { distance: d },
    { inputs: { real, generated }, parameters: { divisor }, sizes: { N, M, D } },
  ) => {
    const less = divisor === 'N' ? 0 : 1
    const away = (x: Matrix, count: number) => {
      const mean = build([D!], (j) => sum(number, [count], (n) => x.at(n, j)) / count)
      return build(x.shape, (n, j) => x.at(n, j) - mean.at(j))
    }
    const [R, G] = [away(real, N!), away(generated, M!)]
    const both = sum(number, [Math.min(N!, M!), D!], (n, j) => R.at(n, j) * G.at(n, j))
    return of(d.at(1), d.at(2), both / Math.sqrt((N! - less) * (M! - less)))
  },
)
export const asManyOfEach = wrongFeatures.answer(
  'takes no more samples of one set than the other has',
  ({ inputs: { real, generated }, parameters, sizes: { N, M, D }, right }) => {
    const count = Math.min(N!, M!)
    const first = (x: Matrix) => part(x, [count, D!])
    return right({ real: first(real), generated: first(generated) }, parameters)
  },
)
