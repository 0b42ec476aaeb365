import { gradientName } from '../../../spec/language/gradient.ts'
import { elements, type Tensor } from '../../../spec/language/tensor.ts'
import type { Question } from '../../base/question.ts'
import type { Conventions } from '../../protocol/conventions.ts'
import { type Converted, unchanged } from './convert.ts'
import { isRecurrent } from './sequences.ts'

/**
 * A question about a recurrent layer for an implementation with two biases, of the input and of the state,
 * which only occur as their sum: those of the units are in the one and in the other by turns, beside zeros.
 */
export function convertBiases(question: Question, { biases = 'one' }: Conventions): Converted {
  const { operation, inputs } = question
  const { b } = inputs
  if (biases === 'one' || !isRecurrent(operation) || b === undefined) return unchanged(question)
  const derivative = gradientName('b')
  return {
    question: { ...question, inputs: { ...inputs, b: inTwo(b) } },
    back: (answer) =>
      answer[derivative] === undefined
        ? answer
        : { ...answer, [derivative]: inOne(answer[derivative]) },
  }
}

/** In which of the two an element is, by the place of its unit, of which there are `units`; an array without axes has one. */
const half = (at: number, units = 1) => (at % units) % 2

function inTwo(b: Tensor): Tensor {
  const count = b.data.length
  const ArrayType = b.data.constructor as Float32ArrayConstructor
  const data = new ArrayType(2 * count)
  for (let at = 0; at < count; at++) data[half(at, b.shape.at(-1)) * count + at] = b.data[at]!
  return { ...b, shape: [2, ...b.shape], data }
}

/** Each element from the one of the two in which it was given. */
function inOne(two: Tensor): Tensor {
  const [count, ...shape] = two.shape ?? []
  if (count !== 2 || two.data?.length !== elements(two.shape)) return two
  const length = elements(shape)
  const data = two.data
    .slice(0, length)
    .map((_, at) => two.data[half(at, shape.at(-1)) * length + at]!) as Tensor['data']
  return { ...two, shape, data }
}
