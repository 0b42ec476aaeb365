import { build } from '../../../reference/arithmetic/array.ts'
import { powerLawSizes as reference } from '../../../reference/federated/power-law.ts'
import { powerLawSizes } from '../../../spec/federated/power-law.ts'
import { changed, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(powerLawSizes, reference)

interface Given {
  readonly exponent: number
  readonly least: number
  readonly most: number
}

/** Sizes that come from draws in another way, and how many points they make. */
const sizedBy = (name: string, size: (draw: number, given: Given) => number) =>
  wrong.answer(name, ({ inputs: { draws }, parameters }) => {
    const counts = changed(draws, (draw) => size(draw, parameters))
    return { counts, points: scalar(counts.data.reduce((sum, n) => sum + n, 0)) }
  })

const within = (size: number, { least, most }: Given) => Math.max(least, Math.min(most, size))
const grown = (draw: number, { exponent }: Given) => Math.exp(draw / (exponent - 1))

export const tailForDensity = sizedBy(
  'takes the exponent of the density for that of the tail',
  (draw, given) => within(Math.floor(given.least * Math.exp(draw / given.exponent)), given),
)

export const lomax = sizedBy(
  'takes the distribution of Lomax, which begins with 0, and cuts it off below',
  (draw, given) => within(Math.floor(given.least * (grown(draw, given) - 1)), given),
)

export const lightTail = sizedBy(
  'gives sizes an exponential tail, which is as steep at its beginning',
  (draw, given) => within(Math.floor(given.least * (1 + draw / (given.exponent - 1))), given),
)

export const roundsToNearest = sizedBy('rounds to the nearest number of points', (draw, given) =>
  within(Math.round(given.least * grown(draw, given)), given),
)

export const roundsUp = sizedBy('rounds numbers of points up', (draw, given) =>
  within(Math.ceil(given.least * grown(draw, given)), given),
)

export const roundsFirst = sizedBy(
  'rounds down before the product with the least number',
  (draw, given) => within(given.least * Math.floor(grown(draw, given)), given),
)

export const addsLeast = sizedBy(
  'adds the least number to sizes that begin with 1',
  (draw, given) => within(given.least - 1 + Math.floor(grown(draw, given)), given),
)

export const noMost = sizedBy('knows no most', (draw, given) =>
  Math.floor(given.least * Math.min(grown(draw, given), 2 ** 40)),
)

export const wrapsAround = sizedBy(
  'begins again with the least number above the most',
  (draw, given) => {
    const size = Math.floor(given.least * Math.min(grown(draw, given), 2 ** 40))
    return size > given.most ? given.least : size
  },
)

export const meanForSum = wrong.outputs(
  'gives how many points clients have on average for how many they have together',
  ({ points }, { sizes: { K } }) => ({ points: scalar(points.at() / K!) }),
)

export const oneForAll = wrong.inputs('gives every client the draw of the first', ({ draws }) => ({
  draws: build(draws.shape, () => draws.at(0)),
}))

export const acceptsFlat = wrong.accepts(
  'takes an exponent of 1, of which the tail does not fall',
  ({ draws }, { most }) => ({
    counts: { ...draws!, data: new Float32Array(draws!.data.length).fill(most) },
    points: { dtype: 'float32', shape: [], data: Float32Array.of(most * draws!.data.length) },
  }),
)
