import { build, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { featureStatistics as reference } from '../../../reference/gan/feature-statistics.ts'
import { featureStatistics } from '../../../spec/gan/feature-statistics.ts'
import { filled, permuted } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(featureStatistics, reference)

type Numbers = NumberArray<number>

/** The distances from the parts of each layer. */
function distancesOf(L: number, part: (layer: number, matrices: 0 | 1) => number): Numbers {
  const of = (row: number, matrices: 0 | 1) =>
    row < L ? part(row, matrices) : sum(number, [L], (l) => part(l, matrices))
  return build([L + 1, 3], (row, at) =>
    at === 0 ? of(row, 0) + of(row, 1) : of(row, at === 1 ? 0 : 1),
  )
}

/** The distances of statistics that were got wrong. */
const between = (means: Numbers, matrices: Numbers) => {
  const [, L, D] = means.shape as [number, number, number]
  return distancesOf(L, (l, ofMatrices) =>
    ofMatrices === 0
      ? sum(number, [D], (d) => (means.at(0, l, d) - means.at(1, l, d)) ** 2)
      : sum(number, [D, D], (i, j) => (matrices.at(0, l, i, j) - matrices.at(1, l, i, j)) ** 2),
  )
}

/** The sum over layers, and the layers as they are. */
const withSums = (distances: Numbers, of: (right: number, part: number) => number) =>
  build(distances.shape, (row, part) => {
    const right = distances.at(row, part)
    return row === distances.shape[0]! - 1 ? of(right, part) : right
  })

/** Statistics with another matrix of each layer, and the distances that come of it. */
const withMatrices = (means: Numbers, matrices: Numbers) => ({
  matrices,
  distances: between(means, matrices),
})

const lessOf = (divisor: string) => (divisor === 'N' ? 0 : 1)

/** Σ over samples of the products of what is left of two features by a centre, over a count. */
function around(x: Numbers, centre: (l: number, d: number) => number, count: number) {
  const [L, N, D] = x.shape as [number, number, number]
  return build([L, D, D], (l, i, j) => {
    const away = (n: number, d: number) => x.at(l, n, d) - centre(l, d)
    return sum(number, [N], (n) => away(n, i) * away(n, j)) / count
  })
}

export const otherDivisor = wrong.parameters(
  'divides by N where N − 1 is asked for, and the other way round',
  ({ divisor }) => ({ divisor: divisor === 'N' ? 'N - 1' : 'N' }),
)
export const notCentred = wrong.parameters('takes second moments for covariances', () => ({
  matrix: 'gram',
}))
export const alwaysCentred = wrong.parameters('takes means off for Gram matrices as well', () => ({
  matrix: 'covariance',
}))
export const rootsOfParts = wrong.outputs(
  'adds up lengths that are not squared',
  ({ distances }, { sizes: { L } }) => ({
    distances: distancesOf(L!, (l, matrices) => Math.sqrt(distances.at(l, 1 + matrices))),
  }),
)
export const forgetsLayer = wrong.outputs(
  'adds up all layers but the last',
  ({ distances }, { sizes: { L } }) => ({
    distances: withSums(distances, (right, part) => right - distances.at(L! - 1, part)),
  }),
)
export const averagesLayers = wrong.outputs(
  'gives the mean of the layers for their sum',
  ({ distances }, { sizes: { L } }) => ({
    distances: withSums(distances, (right) => right / L!),
  }),
)
export const variancesAlone = wrong.outputs(
  'compares the diagonals of the matrices alone',
  ({ matrices, distances }, { sizes: { L, D } }) => ({
    distances: distancesOf(L!, (l, ofMatrices) =>
      ofMatrices === 0
        ? distances.at(l, 1)
        : sum(number, [D!], (i) => (matrices.at(0, l, i, i) - matrices.at(1, l, i, i)) ** 2),
    ),
  }),
)
export const traces = wrong.outputs(
  'squares the trace of the difference in place of its Frobenius norm',
  ({ matrices, distances }, { sizes: { L, D } }) => ({
    distances: distancesOf(L!, (l, ofMatrices) =>
      ofMatrices === 0
        ? distances.at(l, 1)
        : sum(number, [D!], (i) => matrices.at(0, l, i, i) - matrices.at(1, l, i, i)) ** 2,
    ),
  }),
)
export const ofSamples = wrong.outputs(
  'compares the products of samples, N × N, where both sets have as many',
  ({ means, distances }, { inputs, parameters: { matrix, divisor }, sizes: { L, R, S, D } }) => {
    if (R !== S) return {}
    const away = (x: Numbers, set: number, l: number, n: number, d: number) =>
      x.at(l, n, d) - (matrix === 'gram' ? 0 : means.at(set, l, d))
    const product = (x: Numbers, set: number, l: number, n: number, m: number) =>
      sum(number, [D!], (d) => away(x, set, l, n, d) * away(x, set, l, m, d)) /
      (R! - lessOf(divisor))
    return {
      distances: distancesOf(L!, (l, ofMatrices) =>
        ofMatrices === 0
          ? distances.at(l, 1)
          : sum(
              number,
              [R!, R!],
              (n, m) =>
                (product(inputs.real, 0, l, n, m) - product(inputs.generated, 1, l, n, m)) ** 2,
            ),
      ),
    }
  },
)
export const poolsSets = wrong.outputs(
  'takes off the mean of all samples from both sets',
  ({ means, matrices }, { inputs, parameters: { matrix, divisor }, sizes: { R, S } }) => {
    if (matrix === 'gram') return {}
    const centre = (l: number, d: number) =>
      (R! * means.at(0, l, d) + S! * means.at(1, l, d)) / (R! + S!)
    const of = [
      around(inputs.real, centre, R! - lessOf(divisor)),
      around(inputs.generated, centre, S! - lessOf(divisor)),
    ]
    return withMatrices(
      means,
      build(matrices.shape, (set, l, i, j) => of[set]!.at(l, i, j)),
    )
  },
)
export const othersMeans = wrong.outputs(
  'takes the product of the generated means off the second moments of real features',
  ({ means, matrices }, { parameters: { matrix } }) => {
    if (matrix === 'gram') return {}
    const product = (set: number, l: number, i: number, j: number) =>
      means.at(set, l, i) * means.at(set, l, j)
    return withMatrices(
      means,
      build(matrices.shape, (set, l, i, j) => {
        const right = matrices.at(set, l, i, j)
        return set === 1 ? right : right + product(0, l, i, j) - product(1, l, i, j)
      }),
    )
  },
)
export const countOfReal = wrong.outputs(
  'divides the matrices of both sets by the count of real samples',
  ({ means, matrices }, { parameters: { divisor }, sizes: { R, S } }) => {
    const less = lessOf(divisor)
    const factor = (S! - less) / (R! - less)
    return withMatrices(
      means,
      build(matrices.shape, (set, ...at) => matrices.at(set, ...at) * (set === 1 ? factor : 1)),
    )
  },
)
export const turnsLayers = wrong.outputs(
  'compares each layer of one set with the next of the other',
  ({ means, matrices }, { sizes: { L } }) => {
    const turned = (x: Numbers) =>
      permuted(x, (set, l, ...at) => [set, set === 1 ? (l! + 1) % L! : l!, ...at])
    return { distances: between(turned(means), turned(matrices)) }
  },
)
export const forgetsMeans = wrong.outputs('leaves out the means', ({ distances }) => ({
  distances: build(distances.shape, (row, part) => (part === 1 ? 0 : distances.at(row, 2))),
}))
export const meansAreZero = wrong.outputs('gives no means', ({ means }) => ({
  means: filled(means.shape, 0),
}))
export const dividesByFeatures = wrong.outputs(
  'divides the part of the matrices by four times the squared number of features',
  ({ distances }, { sizes: { L, D } }) => ({
    distances: distancesOf(
      L!,
      (l, matrices) => distances.at(l, 1 + matrices) / (matrices === 1 ? 4 * D! ** 2 : 1),
    ),
  }),
)
