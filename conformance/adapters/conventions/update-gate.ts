import { elements, type Tensor } from '../../../spec/language/tensor.ts'
import type { Question } from '../../base/question.ts'
import { mapValues } from '../../base/records.ts'
import type { Conventions } from '../../protocol/conventions.ts'
import { type Converted, unchanged } from './convert.ts'

/** The arrays whose first part, along their first axis, is of the update gate. */
const gated = ['U', 'W', 'b']

/**
 * A question about a gated recurrent unit for an implementation whose update gate says how much of the
 * candidate is taken: 1 − σ(a) = σ(−a), so that the signs of what makes the gate change, and those of its
 * derivatives.
 */
export function convertUpdateGate(
  question: Question,
  { updateGate = 'keeps' }: Conventions,
): Converted {
  const { operation, inputs } = question
  const { id } = operation.derivative?.of ?? operation
  if (updateGate === 'keeps' || id !== 'gru.forward') return unchanged(question)
  const negated = (arrays: Readonly<Record<string, Tensor>>, names: readonly string[]) =>
    mapValues(arrays, (array, name) => (names.includes(name) ? firstNegated(array) : array))
  return {
    question: { ...question, inputs: negated(inputs, gated) },
    back: (answer) =>
      negated(
        answer,
        gated.map((name) => `d${name}`),
      ),
  }
}

/** The first of three parts with other signs; what has no such parts stays as it is. */
function firstNegated(array: Tensor): Tensor {
  const { shape, data } = array
  if (shape?.[0] !== 3 || data?.length !== elements(shape)) return array
  const size = data.length / 3
  return { ...array, data: data.map((v, at) => (at < size ? -v : v)) }
}
