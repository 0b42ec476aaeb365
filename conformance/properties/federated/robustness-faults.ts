import { build, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import {
  krum as krumReference,
  medianAggregate as reference,
  trimmedMean as trimmedReference,
} from '../../../reference/federated/robustness.ts'
import { krum, medianAggregate, trimmedMean } from '../../../spec/federated/robustness.ts'
import { changed, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

type Numbers = NumberArray<number>

const wrong = faultsOf(medianAggregate, reference)
const wrongTrimmed = faultsOf(trimmedMean, trimmedReference)
const wrongKrum = faultsOf(krum, krumReference)

/** The mean of models, number by number. */
function meanOf(models: Numbers): Numbers {
  const [M, ...shape] = models.shape as [number, ...number[]]
  return build(shape, (...at) => sum(number, [M], (m) => models.at(m, ...at)) / M)
}

/** What is made of the numbers of each place, sorted in some way. */
function byPlace(
  models: Numbers,
  compare: ((x: number, y: number) => number) | undefined,
  of: (sorted: readonly number[]) => number,
): Numbers {
  const [M, ...shape] = models.shape as [number, ...number[]]
  return build(shape, (...at) =>
    of(Array.from({ length: M }, (_, m) => models.at(m, ...at)).sort(compare)),
  )
}

const ascending = (x: number, y: number) => x - y
const atMiddle = (sorted: readonly number[]) => {
  const M = sorted.length
  return (sorted[Math.ceil(M / 2) - 1]! + sorted[Math.floor(M / 2)]!) / 2
}

export const averages = wrong.outputs('takes the mean', (_, { inputs: { w, b } }) => ({
  w: meanOf(w),
  b: meanOf(b),
}))

export const takesLower = wrong.outputs(
  'takes the lower one of two in the middle',
  (_, { inputs: { w, b } }) => {
    const lower = (sorted: readonly number[]) => sorted[Math.ceil(sorted.length / 2) - 1]!
    return { w: byPlace(w, ascending, lower), b: byPlace(b, ascending, lower) }
  },
)

export const doesNotSort = wrong.outputs(
  'takes the model in the middle without sorting',
  (_, { inputs: { w, b } }) => ({
    w: byPlace(w, () => 0, atMiddle),
    b: byPlace(b, () => 0, atMiddle),
  }),
)

export const sortsAsText = wrong.outputs('sorts numbers as text', (_, { inputs: { w, b } }) => ({
  w: byPlace(w, undefined, atMiddle),
  b: byPlace(b, undefined, atMiddle),
}))

export const sortsMagnitudes = wrong.outputs('sorts by magnitude', (_, { inputs: { w, b } }) => {
  const byMagnitude = (x: number, y: number) => Math.abs(x) - Math.abs(y)
  return { w: byPlace(w, byMagnitude, atMiddle), b: byPlace(b, byMagnitude, atMiddle) }
})

export const averagesBiases = wrong.outputs(
  'takes the mean of the biases',
  (_, { inputs: { b } }) => ({ b: meanOf(b) }),
)

export const trimsNothing = wrongTrimmed.parameters('takes the mean', () => ({ trim: 0 }))

export const trimsOneSide = wrongTrimmed.outputs(
  'leaves out the largest ones only',
  (_, { inputs: { w, b }, parameters: { trim } }) => {
    const mean = (sorted: readonly number[]) =>
      sorted.slice(0, sorted.length - trim).reduce((s, x) => s + x, 0) / (sorted.length - trim)
    return { w: byPlace(w, ascending, mean), b: byPlace(b, ascending, mean) }
  },
)

export const trimsInAll = wrongTrimmed.parameters(
  'shares what is left out between both sides',
  ({ trim }) => ({ trim: Math.floor(trim / 2) }),
)

export const trimsOneMore = wrongTrimmed.parameters(
  'leaves out one more on either side where it can',
  ({ trim }, { sizes }) => ({ trim: sizes.M! > 2 * trim + 2 ? trim + 1 : trim }),
)

export const dividesByAll = wrongTrimmed.outputs(
  'divides by the number of all models',
  ({ w, b }, { sizes, parameters: { trim } }) => {
    const share = (sizes.M! - 2 * trim) / sizes.M!
    return { w: changed(w, (x) => x * share), b: changed(b, (x) => x * share) }
  },
)

export const trimsByOrder = wrongTrimmed.outputs(
  'leaves out the first and the last models without sorting',
  (_, { inputs: { w, b }, parameters: { trim } }) => {
    const mean = (given: readonly number[]) => {
      const kept = given.slice(trim, given.length - trim)
      return kept.reduce((s, x) => s + x, 0) / kept.length
    }
    return { w: byPlace(w, () => 0, mean), b: byPlace(b, () => 0, mean) }
  },
)

export const looksAtWeightsAlone = wrongKrum.outputs(
  'measures distances between weights alone',
  (_, { inputs, parameters, right }) => {
    const { scores, chosen } = right({ ...inputs, b: zeros(inputs.b.shape) }, parameters)
    return { ...meanOfChosen(inputs, chosen), scores, chosen }
  },
)

/** The mean of the models that are chosen. */
function meanOfChosen({ w, b }: { readonly w: Numbers; readonly b: Numbers }, chosen: Numbers) {
  const kept = [...chosen.data.keys()].filter((m) => chosen.at(m) === 1)
  const mean = (models: Numbers) =>
    build(models.shape.slice(1), (...at) =>
      kept.reduce((s, m) => s + models.at(m, ...at) / kept.length, 0),
    )
  return { w: mean(w), b: mean(b) }
}

/** Krum by other scores of the distances from a model to the others, in ascending order. */
const scoredBy = (
  name: string,
  score: (others: readonly number[], f: number) => number,
  chooses: 'lowest' | 'highest' = 'lowest',
) =>
  wrongKrum.outputs(name, (_, { inputs, parameters: { attackers, kept } }) => {
    const { w, b } = inputs
    const M = w.shape[0]!
    const all = Array.from({ length: M }, (_, m) => m)
    const vector = (m: number) =>
      [w, b].flatMap(({ data }) => data.slice((m * data.length) / M, ((m + 1) * data.length) / M))
    const squared = (m: number, l: number) => {
      const other = vector(l)
      return vector(m).reduce((s, x, i) => s + (x - other[i]!) ** 2, 0)
    }
    const scores = all.map((m) =>
      score(
        all
          .filter((l) => l !== m)
          .map((l) => squared(m, l))
          .sort(ascending),
        attackers,
      ),
    )
    const sign = chooses === 'lowest' ? 1 : -1
    const order = all.toSorted((m, l) => sign * (scores[m]! - scores[l]!) || m - l).slice(0, kept)
    const chosen = build([M], (m) => (order.includes(m) ? 1 : 0))
    return { ...meanOfChosen(inputs, chosen), scores: build([M], (m) => scores[m]!), chosen }
  })

const total = (numbers: readonly number[]) => numbers.reduce((s, x) => s + x, 0)

export const countsItself = scoredBy('counts a model among its own neighbours', (others, f) =>
  total(others.slice(0, others.length - f - 2)),
)

export const oneMoreNeighbour = scoredBy('looks at one neighbour more', (others, f) =>
  total(others.slice(0, others.length - f)),
)

export const allNeighbours = scoredBy('looks at all others', (others) => total(others))

export const addsDistances = scoredBy('adds distances instead of their squares', (others, f) =>
  total(others.slice(0, others.length - f - 1).map(Math.sqrt)),
)

export const takesFarthest = scoredBy(
  'takes the highest score',
  (others, f) => total(others.slice(0, others.length - f - 1)),
  'highest',
)

export const choosesEachArray = wrongKrum.outputs(
  'chooses weights and biases apart from each other',
  (_, { inputs, parameters, right }) => ({
    b: right({ ...inputs, w: zeros(inputs.w.shape) }, parameters).b,
  }),
)

export const keepsOne = wrongKrum.outputs(
  'takes the one with the lowest score, however many are to be kept',
  (_, { inputs, parameters, right }) => {
    const { w, b, chosen } = right(inputs, { ...parameters, kept: 1 })
    return { w, b, chosen }
  },
)

export const addsKept = wrongKrum.outputs(
  'adds up the models that are kept',
  ({ w, b }, { parameters: { kept } }) => ({
    w: changed(w, (x) => kept * x),
    b: changed(b, (x) => kept * x),
  }),
)

export const lastOfEqual = wrongKrum.answer(
  'of equal scores takes the higher index',
  ({ inputs, parameters, right }) => {
    const turned = (array: Numbers) =>
      build(array.shape, (m, ...at) => array.at(array.shape[0]! - 1 - m, ...at))
    const { w, b, scores, chosen } = right({ w: turned(inputs.w), b: turned(inputs.b) }, parameters)
    return { w, b, scores: turned(scores), chosen: turned(chosen) }
  },
)
