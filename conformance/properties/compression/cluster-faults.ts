import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  linearCodebook as linearReference,
  clusterRate as rateReference,
  clusterStep as reference,
} from '../../../reference/compression/cluster.ts'
import { clusterRate, clusterStep, linearCodebook } from '../../../spec/compression/cluster.ts'
import { changed, scalar } from '../../kit/arrays.ts'
import { faultsOf, type Question } from '../../kit/faults.ts'
import { tensor } from '../../kit/tensor.ts'

type Numbers = NumberArray<number>
type Round = Question<typeof clusterStep>

const wrong = faultsOf(clusterStep, reference)

const distance = (weights: Numbers, codes: Numbers, codebook: Numbers) =>
  scalar(weights.data.reduce((sum, w, i) => sum + (w - codebook.at(codes.at(i))) ** 2, 0))

/** A round in which each cluster with weights gets another value than their mean. */
const withValues =
  (value: (members: readonly number[]) => number) =>
  (right: { readonly codes: Numbers; readonly codebook: Numbers }, { inputs }: Round) => {
    const codebook = changed(right.codebook, (c, k) => {
      const members = inputs.weights.data.filter((_, i) => right.codes.at(i) === k)
      return members.length === 0 ? c : value(members)
    })
    return { codebook, after: distance(inputs.weights, right.codes, codebook) }
  }

export const takesMiddle = wrong.outputs(
  'takes the middle between the least and the largest weight of a cluster',
  withValues((members) => (Math.min(...members) + Math.max(...members)) / 2),
)

export const takesMedian = wrong.outputs(
  'takes a median of the weights of a cluster',
  withValues((members) => members.toSorted((a, b) => a - b)[Math.floor(members.length / 2)]!),
)

export const dividesByOneLess = wrong.outputs(
  'divides by one weight less',
  withValues((members) => members.reduce((sum, w) => sum + w, 0) / Math.max(1, members.length - 1)),
)

export const lastOfTies = wrong.answer(
  'of equally near values takes the last one',
  ({ inputs: { weights, codebook }, parameters, right, sizes: { K } }) => {
    const turned = build([K!], (k) => codebook.at(K! - 1 - k))
    const answer = right({ weights, codebook: turned }, parameters)
    return {
      ...answer,
      codes: changed(answer.codes, (k) => K! - 1 - k),
      codebook: build([K!], (k) => answer.codebook.at(K! - 1 - k)),
    }
  },
)

export const emptiesToZero = wrong.outputs(
  'puts a value that no weight is near on 0',
  (right, { sizes: { K } }) => ({
    codebook: build([K!], (k) => (right.codes.data.includes(k) ? right.codebook.at(k) : 0)),
  }),
)

export const forgetsAfter = wrong.outputs('gives the old distance for the new one', (right) => ({
  after: right.before,
}))

export const addsDistances = wrong.outputs(
  'adds up distances that are not squared',
  (right, { inputs: { weights, codebook } }) => {
    const away = (values: Numbers) =>
      scalar(
        weights.data.reduce((sum, w, i) => sum + Math.abs(w - values.at(right.codes.at(i))), 0),
      )
    return { before: away(codebook), after: away(right.codebook) }
  },
)

export const takesMeanDistance = wrong.outputs(
  'gives the mean of squared distances for their sum',
  (right, { sizes: { P } }) => ({
    before: changed(right.before, (e) => e / P!),
    after: changed(right.after, (e) => e / P!),
  }),
)

export const comparesSigned = wrong.answer(
  'takes the value with the least difference, its sign included',
  ({ inputs: { weights, codebook }, parameters, right }) => {
    const answer = right({ weights, codebook }, parameters)
    const largest = codebook.data.indexOf(Math.max(...codebook.data))
    const codes = changed(answer.codes, () => largest)
    const mean = weights.data.reduce((sum, w) => sum + w, 0) / weights.data.length
    const values = changed(codebook, (c, k) => (k === largest ? mean : c))
    return {
      codes,
      codebook: values,
      before: distance(weights, codes, codebook),
      after: distance(weights, codes, values),
    }
  },
)

const wrongLinear = faultsOf(linearCodebook, linearReference)

const ends = (weights: Numbers) => [Math.min(...weights.data), Math.max(...weights.data)] as const

export const leavesEnd = wrongLinear.outputs(
  'divides by one value too many and does not reach the largest weight',
  ({ codebook }, { inputs: { weights }, sizes: { K } }) => {
    const [low, high] = ends(weights)
    return { codebook: changed(codebook, (_, k) => low + (k / K!) * (high - low)) }
  },
)

export const middlesOfBins = wrongLinear.outputs(
  'takes the middles of equal parts',
  ({ codebook }, { inputs: { weights }, sizes: { K } }) => {
    const [low, high] = ends(weights)
    return { codebook: changed(codebook, (_, k) => low + ((k + 0.5) / K!) * (high - low)) }
  },
)

export const symmetric = wrongLinear.outputs(
  'begins at the opposite of the largest magnitude',
  ({ codebook }, { inputs: { weights }, sizes: { K } }) => {
    const most = Math.max(...weights.data.map(Math.abs))
    return {
      codebook: changed(codebook, (_, k) => (K === 1 ? 0 : -most + (2 * most * k) / (K! - 1))),
    }
  },
)

export const beginsAtLeast = wrongLinear.outputs(
  'puts a single value on the least weight',
  ({ codebook }, { inputs: { weights }, sizes: { K } }) => ({
    codebook: changed(codebook, (c) => (K === 1 ? ends(weights)[0] : c)),
  }),
)

const wrongRate = faultsOf(clusterRate, rateReference)

export const codesOfOneMore = wrongRate.outputs(
  'has a bit too many where the values are a power of two',
  (_, { parameters: { values, bits, weights } }) => {
    const codeBits = values.toString(2).length
    const stored = weights * codeBits + values * bits
    return {
      codeBits: scalar(codeBits),
      stored: scalar(stored),
      rate: scalar((weights * bits) / stored),
    }
  },
)

export const cutsLogarithm = wrongRate.outputs(
  'cuts the logarithm off, so that some values have no code',
  (_, { parameters: { values, bits, weights } }) => {
    const codeBits = Math.floor(Math.log2(values))
    const stored = weights * codeBits + values * bits
    return {
      codeBits: scalar(codeBits),
      stored: scalar(stored),
      rate: scalar((weights * bits) / stored),
    }
  },
)

export const forgetsCodebook = wrongRate.outputs(
  'does not count the codebook',
  ({ codeBits }, { parameters: { bits, weights } }) => ({
    stored: scalar(weights * codeBits.at()),
    rate: scalar(bits / codeBits.at()),
  }),
)

export const naturalLogarithm = wrongRate.outputs(
  'takes the natural logarithm',
  (_, { parameters: { values, bits, weights } }) => ({
    ideal: scalar((weights * bits) / (weights * Math.log(values) + values * bits)),
  }),
)

export const idealIsStored = wrongRate.outputs(
  'gives the rate of whole bits as the ideal one',
  (right) => ({
    ideal: right.rate,
  }),
)

export const acceptsMoreValues = wrongRate.accepts('accepts more values than weights', () => ({
  codeBits: tensor([], [1]),
  stored: tensor([], [1]),
  rate: tensor([], [1]),
  ideal: tensor([], [1]),
}))
