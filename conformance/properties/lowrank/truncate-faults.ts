import { truncate as reference } from '../../../reference/lowrank/truncate.ts'
import { truncate } from '../../../spec/lowrank/truncate.ts'
import { changed, filled } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(truncate, reference)

/** The right answer where exactly some values are kept. */
type Answer = Parameters<typeof wrong.answer>[1]
const keeping =
  (isKept: (question: Parameters<Answer>[0]) => (value: number, l: number) => boolean): Answer =>
  (question) => {
    const { inputs, parameters, right } = question
    const test = isKept(question)
    const S = changed(inputs.S, (value, l) => (test(value, l) ? value : 0))
    const { matrix } = right({ ...inputs, S }, { ...parameters, rule: 'threshold', threshold: 0 })
    return { kept: changed(inputs.S, (value, l) => (test(value, l) ? 1 : 0)), matrix }
  }

export const keepsFirst = wrong.answer(
  'keeps the first values instead of the largest',
  keeping(({ inputs, parameters, right }) => {
    const { kept } = right(inputs, parameters)
    const count = kept.data.reduce((a, b) => a + b, 0)
    return (_, l) => (parameters.rule === 'count' ? l < count : kept.at(l) === 1)
  }),
)

export const keepsSmallest = wrong.answer(
  'keeps the smallest values',
  keeping(({ inputs, parameters, right }) => {
    const { kept } = right({ ...inputs, S: changed(inputs.S, (s) => 8 - s) }, parameters)
    const { kept: largest } = right(inputs, parameters)
    return (_, l) => (parameters.rule === 'count' ? kept : largest).at(l) === 1
  }),
)

export const lastOfEqual = wrong.answer(
  'keeps the last of equal values',
  keeping(({ inputs, parameters, right, sizes: { R } }) => {
    const turned = changed(inputs.S, (_, l) => inputs.S.at(R! - 1 - l))
    const { kept } = right({ ...inputs, S: turned }, parameters)
    return (_, l) => kept.at(R! - 1 - l) === 1
  }),
)

export const keepsAllEqual = wrong.answer(
  'keeps all that are equal to the last one of a count',
  keeping(({ inputs, parameters, right }) => {
    const { kept } = right(inputs, parameters)
    const least = Math.min(...inputs.S.data.filter((_, l) => kept.at(l) === 1))
    return (value) => value >= least
  }),
)

export const dropsThreshold = wrong.answer(
  'drops values equal to the threshold',
  keeping(({ inputs, parameters: { rule, threshold, ...rest }, right }) => {
    const { kept } = right(inputs, { rule, threshold, ...rest })
    return (value, l) => (rule === 'threshold' ? value > threshold : kept.at(l) === 1)
  }),
)

export const shareOfLargest = wrong.parameters(
  'takes the threshold for a share of the largest value',
  ({ threshold }, { inputs: { S } }) => ({ threshold: threshold * Math.max(...S.data) }),
)

export const oneMore = wrong.parameters('keeps one value more', ({ count }) => ({
  count: count + 1,
}))

export const forgetsValues = wrong.outputs(
  'multiplies the vectors of the kept values without these',
  ({ kept, matrix }, { inputs, parameters, right }) => ({
    matrix:
      kept.data.length === 0
        ? matrix
        : right({ ...inputs, S: kept }, { ...parameters, rule: 'threshold', threshold: 0.5 })
            .matrix,
  }),
)

export const squaresValues = wrong.inputs('multiplies by the squares of the values', ({ S }) => ({
  S: changed(S, (s) => s * s),
}))

export const mixesVectors = wrong.inputs(
  'reads the memory of the right vectors as that of their transpose',
  ({ V }, { sizes: { W, R } }) => ({
    V: changed(V, (_, at) => V.data[(at % R!) * W! + Math.floor(at / R!)]!),
  }),
)

export const marksEverything = wrong.outputs('says that everything was kept', ({ kept }) => ({
  kept: filled(kept.shape, 1),
}))
