import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { studentStep as reference } from '../../../reference/distillation/teacher-student.ts'
import { studentStep } from '../../../spec/distillation/teacher-student.ts'
import { changed, scalar, zeros } from '../../kit/arrays.ts'
import { faultsOf, type Question } from '../../kit/faults.ts'

type Numbers = NumberArray<number>
type Step = Question<typeof studentStep>

const wrong = faultsOf(studentStep, reference)

/** A student that has moved another multiple of the way. */
const moved = (right: { weights: Numbers; bias: Numbers }, { inputs }: Step, by: number) => ({
  weights: changed(
    right.weights,
    (w, at) => inputs.weights.data[at]! + by * (w - inputs.weights.data[at]!),
  ),
  bias: changed(right.bias, (b, at) => inputs.bias.data[at]! + by * (b - inputs.bias.data[at]!)),
})

export const climbs = wrong.outputs('moves along the gradient', (right, question) =>
  moved(right, question, -1),
)

export const addsSamples = wrong.outputs(
  'adds up over samples instead of taking the mean',
  (right, question) => ({
    ...moved(right, question, question.sizes.N!),
    loss: changed(right.loss, (loss) => loss * question.sizes.N!),
  }),
)

export const forgetsSquare = wrong.outputs(
  'does not multiply the loss by the square of the temperature',
  (right, question) => {
    const square = question.parameters.temperature ** 2
    return {
      ...moved(right, question, 1 / square),
      loss: changed(right.loss, (loss) => loss / square),
    }
  },
)

export const ignoresTemperature = wrong.parameters('teaches without a temperature', () => ({
  temperature: 1,
}))

export const keepsBias = wrong.outputs('does not train biases', (_, { inputs: { bias } }) => ({
  bias,
}))

export const teachesHard = wrong.inputs(
  'takes the class that the teacher prefers for certain',
  ({ v }) => ({ v: changed(v, (score) => 1024 * score) }),
)

export const exchangesRoles = wrong.outputs(
  'measures the divergence of the teacher from the student',
  (_, { inputs: { x, v, weights, bias }, parameters, right: ask }) => {
    const z = build(v.shape, (n, c) =>
      weights.data.reduce(
        (sum, w, at) =>
          at % bias.data.length === c ? sum + w * x.at(n, Math.floor(at / bias.data.length)) : sum,
        bias.at(c),
      ),
    )
    // A student that gives the scores of the teacher: one weight a sample and class.
    const N = v.shape[0]!
    const which = build([N, N], (n, d) => (n === d ? 1 : 0))
    const asked = { x: which, v: z, weights: v, bias: zeros(bias.shape) }
    return { loss: ask(asked, parameters).loss }
  },
)

export const lossAfter = wrong.outputs(
  'gives the loss after the step',
  (right, { inputs, parameters, right: ask }) => ({
    loss: ask({ ...inputs, weights: right.weights, bias: right.bias }, parameters).loss,
  }),
)

export const crossEntropyForDivergence = wrong.outputs(
  'adds the entropy of the teacher to the loss',
  ({ loss }, { parameters: { temperature }, sizes: { C } }) => ({
    loss: scalar(loss.at() + temperature ** 2 * Math.log(C!)),
  }),
)

export const firstClassAtZero = wrong.inputs(
  'takes the score of the first class for 0',
  ({ v }) => ({ v: build(v.shape, (n, c) => (c === 0 ? 0 : v.at(n, c))) }),
)

export const normalizesOverSamples = wrong.inputs(
  'takes the score of the first sample off from all',
  ({ v }) => ({ v: build(v.shape, (n, c) => v.at(n, c) - v.at(0, c)) }),
)
