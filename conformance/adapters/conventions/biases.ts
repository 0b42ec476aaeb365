import { gradientName } from '../../../spec/language/gradient.ts'
import { elements, type Tensor } from '../../../spec/language/tensor.ts'
import { Unsupported } from '../../base/errors.ts'
import type { Question } from '../../base/question.ts'
import type { Inputs, Outputs } from '../../engine/implementation.ts'
import type { Conventions } from '../../protocol/conventions.ts'
import { type Converted, unchanged } from './convert.ts'
import { isRecurrent } from './sequences.ts'

/**
 * A question about a recurrent layer for an implementation with two biases, of the input and of the state,
 * which only occur as their sum: those of the units are in the one and in the other by turns, beside zeros.
 * The candidate of gated recurrent units has both.
 *
 * @throws {Unsupported} these are of two sizes, so that they have no form there
 */
export function convertBiases(question: Question, { biases = 'one' }: Conventions): Converted {
  const { operation, inputs } = question
  if (biases === 'one' || !isRecurrent(operation)) return unchanged(question)
  const { bn: own, ...others } = inputs
  const bn = given(own)
  // What is left out beside a bias of the candidate is zeros there, whose derivative is asked for with it.
  const b = given(inputs.b) ?? (bn && zerosFor(inputs)) ?? inputs.b
  if (b === undefined) return unchanged(question)
  const hasOwn = 'bn' in operation.inputs
  if (bn !== undefined && (bn.shape.length !== 1 || bn.shape[0] !== b.shape.at(-1))) {
    throw new Unsupported('biases of the candidate of two sizes')
  }
  return {
    question: { ...question, inputs: { ...others, b: inTwo(b, hasOwn, bn) } },
    back: (answer) => inOne(answer, hasOwn),
  }
}

const given = (array: Tensor | undefined) => (array?.absent ? undefined : array)

/** The biases that are left out where the candidate has one of its own. */
function zerosFor({ U }: Inputs): Tensor {
  const shape = U!.shape.slice(0, 2)
  const ArrayType = U!.data.constructor as Float32ArrayConstructor
  return { dtype: U!.dtype as 'float32', shape, data: new ArrayType(elements(shape)) }
}

/**
 * In which of the two an element is, by the place of its unit, of which there are `units`; an array without
 * axes has one. A candidate with a bias of its own has that in the second, and its other one in the first.
 */
function half(at: number, shape: readonly number[], hasOwn: boolean): number {
  const units = shape.at(-1) ?? 1
  const isCandidate = hasOwn && at >= elements(shape) - units
  return isCandidate ? 0 : (at % units) % 2
}

function inTwo(b: Tensor, hasOwn: boolean, bn: Tensor | undefined): Tensor {
  const count = b.data.length
  const ArrayType = b.data.constructor as Float32ArrayConstructor
  const data = new ArrayType(2 * count)
  for (let at = 0; at < count; at++) data[half(at, b.shape, hasOwn) * count + at] = b.data[at]!
  if (bn !== undefined) data.set(bn.data, 2 * count - bn.data.length)
  return { ...b, shape: [2, ...b.shape], data }
}

/** Each derivative from the one of the two in which its bias was given. */
function inOne(answer: Outputs, hasOwn: boolean): Outputs {
  const [derivative, own] = [gradientName('b'), gradientName('bn')]
  const two = answer[derivative]
  const [count, ...shape] = two?.shape ?? []
  if (count !== 2 || two?.data?.length !== elements(two!.shape)) return answer
  const length = elements(shape)
  const data = two!.data.slice(0, length)
  for (let at = 0; at < length; at++) {
    data[at] = two!.data[half(at, shape, hasOwn) * length + at]!
  }
  const units = shape.at(-1) ?? 1
  const last = { ...two!, shape: [units], data: two!.data.slice(-units) as Tensor['data'] }
  return { ...answer, [derivative]: { ...two!, shape, data }, ...(hasOwn && { [own]: last }) }
}
