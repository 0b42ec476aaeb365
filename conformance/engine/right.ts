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

interface Known extends Pick<Question, 'operation' | 'parameters'> {
  readonly references: References
  readonly bounds: BoundedArithmetic
  readonly right: Right | null
}

/** What is right of arrays that many are asked about: those of one case are the same for all. */
let known = new WeakMap<Question['inputs'], Known[]>()

/** Drops the right answers that are kept. */
export function forgetRight(): void {
  known = new WeakMap()
}

/** The right answer to a question; `null` where there is none. */
export function rightOf(
  question: Question,
  references: References,
  bounds: BoundedArithmetic,
): Right | null {
  const { operation, inputs, parameters } = question
  const before = known.get(inputs) ?? []
  const same = before.find(
    (one) =>
      one.operation === operation &&
      one.parameters === parameters &&
      one.references === references &&
      one.bounds === bounds,
  )
  if (same !== undefined) return same.right
  const right = workedOut(question, references, bounds)
  known.set(inputs, [...before, { operation, parameters, references, bounds, right }])
  return right
}

function workedOut(
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
