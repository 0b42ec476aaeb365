import { lift } from '../../reference/arithmetic/array.ts'
import type { BoundedArithmetic } from '../../reference/arithmetic/bounded.ts'
import type { References } from '../../reference/reference.ts'
import { checkArguments } from '../../spec/language/check.ts'
import type { Answer, Question } from '../base/question.ts'
import { mapValues } from '../base/records.ts'
import { sameShape } from '../base/tensor.ts'

/** An output as it should be, with the error that rounding may cause in each element. */
export interface RightOutput {
  readonly shape: readonly number[]
  readonly data: readonly number[]
  readonly errors: readonly number[]
}

export type Right = Readonly<Record<string, RightOutput>>

/** The right answer to a question; `null` where there is none. */
export function rightOf(
  { operation, inputs, parameters }: Question,
  references: References,
  bounds: BoundedArithmetic,
): Right | null {
  try {
    checkArguments(operation, inputs, parameters)
    const arrays = mapValues(inputs, (tensor) => lift(bounds, tensor))
    const outputs = references[operation.id]!(bounds, arrays, parameters)
    return mapValues(outputs, ({ shape, data }) => ({
      shape,
      data: data.map(bounds.toNumber),
      errors: data.map(bounds.error),
    }))
  } catch {
    // Arguments that are not valid, or a decision that rounding leaves open.
    return null
  }
}

/** Whether an answer is right, as far as rounding allows. */
export function fits(answer: Answer, right: Right): boolean {
  return Object.entries(right).every(([output, { shape, data, errors }]) => {
    const given = answer[output]
    // A state that is not returned is neither right nor wrong.
    return (
      given === undefined ||
      (sameShape(shape, given.shape) &&
        data.every((value, i) => isNear(value, given.data[i]!, errors[i]!)))
    )
  })
}

/** An error that is not finite leaves the element open. */
function isNear(value: number, given: number, error: number): boolean {
  if (!Number.isFinite(error) || value === given) return true
  if (Number.isNaN(value) || Number.isNaN(given)) return Number.isNaN(value) === Number.isNaN(given)
  return Math.abs(value - given) <= error
}
