import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { inceptionScore as reference } from '../../../reference/gan/inception-score.ts'
import { softmax } from '../../../reference/layers/softmax.ts'
import { inceptionScore } from '../../../spec/gan/inception-score.ts'
import { filled, part, row } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(inceptionScore, reference)

type Numbers = NumberArray<number>

/** Some scores, their mean and their deviation. */
function summary(scores: readonly number[]) {
  const mean = (of: readonly number[]) => of.reduce((sum, x) => sum + x, 0) / of.length
  const score = mean(scores)
  const deviation = Math.sqrt(mean(scores.map((x) => (x - score) ** 2)))
  return { scores: row(...scores), score: row(score, deviation) }
}

const scoreOf = (probabilities: Numbers) =>
  reference(number, { probabilities }, { splits: 1 }).score.at(0)

/** The scores of pieces that begin at other samples than they should, and of so many. */
const inPieces = (name: string, sizeOf: (samples: number, splits: number) => number) =>
  wrong.answer(name, ({ inputs: { probabilities }, parameters: { splits }, sizes: { N, C } }) => {
    const size = sizeOf(N!, splits)
    const last = Math.ceil(N! / size) - 1
    return summary(
      Array.from({ length: splits }, (_, s) => {
        const first = Math.min(s, last) * size
        return scoreOf(part(probabilities, [Math.min(size, N! - first), C!], [first]))
      }),
    )
  })

export const dropsRest = inPieces(
  'has ⌊N / S⌋ samples in each split and drops the rest',
  (samples, splits) => Math.floor(samples / splits),
)
export const longPieces = inPieces(
  'cuts pieces of ⌈N / S⌋ samples, and takes the last again where there are fewer',
  (samples, splits) => Math.ceil(samples / splits),
)
export const inBits = wrong.outputs('raises e to bits', ({ scores }) =>
  summary(scores.data.map((x) => x ** (1 / Math.LN2))),
)
export const noExponential = wrong.outputs('leaves out the exponential', ({ scores }) =>
  summary(scores.data.map(Math.log)),
)
export const meanOfLogarithms = wrong.outputs(
  'takes the exponential of the mean over splits',
  ({ scores, score }) => ({
    score: row(Math.exp(summary(scores.data.map(Math.log)).score.at(0)), score.at(1)),
  }),
)
export const scoreOfAll = wrong.outputs(
  'gives the score of all samples for the mean of the splits',
  ({ score }, { inputs: { probabilities } }) => ({
    score: row(scoreOf(probabilities), score.at(1)),
  }),
)
export const sampleSpread = wrong.outputs(
  'divides the variance by one split less',
  ({ score }, { parameters: { splits: S } }) => ({
    score: row(score.at(0), S === 1 ? Number.NaN : score.at(1) * Math.sqrt(S / (S - 1))),
  }),
)
export const softmaxAgain = wrong.inputs(
  'takes probabilities for scores, and their softmax',
  ({ probabilities }, { sizes: { C } }) => {
    const sums = build([probabilities.shape[0]!], (n) =>
      part(probabilities, [1, C!], [n]).data.reduce((sum, w) => sum + w, 0),
    )
    const p = build(probabilities.shape, (n, c) => probabilities.at(n, c) / sums.at(n))
    return { probabilities: softmax(number, p) }
  },
)
export const asTheyAre = wrong.answer(
  'takes rows as they are, whatever they add up to',
  ({ inputs: { probabilities }, parameters: { splits: S }, sizes: { N, C } }) =>
    summary(
      Array.from({ length: S }, (_, s) => {
        const [first, end] = [Math.floor((s * N!) / S), Math.floor(((s + 1) * N!) / S)]
        const p = part(probabilities, [end - first, C!], [first])
        const shares = build(
          [C!],
          (c) =>
            part(p, [end - first, 1], [0, c]).data.reduce((sum, x) => sum + x, 0) / (end - first),
        )
        const told = p.data.reduce((sum, x, at) => {
          return x === 0 ? sum : sum + x * Math.log(x / shares.at(at % C!))
        }, 0)
        return Math.exp(told / (end - first))
      }),
    ),
)
export const leavesBackground = wrong.inputs(
  'takes the first class for the background and leaves it out',
  ({ probabilities }, { sizes: { C } }) => ({
    probabilities: build(probabilities.shape, (n, c) => {
      const others = part(probabilities, [1, C! - 1], [n, 1]).data
      return c === 0 && others.some((w) => w > 0) ? 0 : probabilities.at(n, c)
    }),
  }),
)
export const oneSampleLess = wrong.outputs(
  'divides the divergences by one sample less',
  ({ scores }, { sizes: { N }, parameters: { splits: S } }) =>
    summary(
      scores.data.map((x, s) => {
        const size = Math.floor(((s + 1) * N!) / S) - Math.floor((s * N!) / S)
        return size === 1 ? Number.NaN : x ** (size / (size - 1))
      }),
    ),
)
export const comparesWithAll = wrong.answer(
  'compares the samples of every split with the classes of all',
  ({ inputs: { probabilities: w }, parameters: { splits: S }, sizes: { N, C } }) => {
    const sums = build([N!], (n) => part(w, [1, C!], [n]).data.reduce((sum, x) => sum + x, 0))
    const p = build([N!, C!], (n, c) => w.at(n, c) / sums.at(n))
    const shares = build(
      [C!],
      (c) => part(p, [N!, 1], [0, c]).data.reduce((sum, x) => sum + x, 0) / N!,
    )
    return summary(
      Array.from({ length: S }, (_, s) => {
        const [first, end] = [Math.floor((s * N!) / S), Math.floor(((s + 1) * N!) / S)]
        const told = part(p, [end - first, C!], [first]).data.reduce((sum, x, at) => {
          return x === 0 ? sum : sum + x * Math.log(x / shares.at(at % C!))
        }, 0)
        return Math.exp(told / (end - first))
      }),
    )
  },
)
export const undefinedAtZero = wrong.outputs(
  'gives NaN where a probability is 0',
  (right, { inputs: { probabilities } }) =>
    probabilities.data.includes(0)
      ? { scores: filled(right.scores.shape, Number.NaN), score: row(Number.NaN, Number.NaN) }
      : right,
)
export const comparesActivations = wrong.outputs(
  'E-58 read literally: compares statistics of the samples with those of the same as real ones',
  ({ scores }) => summary(scores.data.map(() => 0)),
)
