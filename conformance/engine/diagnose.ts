import type { BoundedArithmetic } from '../../reference/arithmetic/bounded.ts'
import type { References } from '../../reference/reference.ts'
import type { Answer } from '../base/question.ts'
import { mapValues } from '../base/records.ts'
import type { Fault } from './fault.ts'
import { fits, type Right, rightOf } from './right.ts'
import type { Asked } from './trial.ts'

/** A fault is named only when so many answers are the fault's, and not the reference's. */
const enough = 8

/** Faults answer in single precision. */
const unit = 2 ** -23

/**
 * The known mistakes that give the answers of an implementation: all that were kept of an operation,
 * of failing cases and of passing ones, at least eight of which are wrong. A wrong name costs more
 * than none.
 */
export async function diagnose(
  faults: readonly Fault[],
  given: readonly Asked[],
  references: References,
  bounds: BoundedArithmetic,
): Promise<readonly string[]> {
  let wrong = 0
  let explaining = faults
  // Answers to failing cases come first. Once they have ruled out every fault, which most do at once, none of the
  // others is looked at: what is right may take a second to work out of something deep.
  for (const { question, answer } of given) {
    const right = answer === null ? null : rightOf(question, references, bounds)
    if (answer === null || right === null || !Object.values(right).every(isClosed)) continue
    if (!fits(answer, right)) wrong++
    const left: Fault[] = []
    for (const fault of explaining) {
      const mistaken = await answerOf(fault, question)
      if (mistaken !== null && fits(answer, roundedLike(right, mistaken))) left.push(fault)
    }
    if (left.length === 0) return []
    explaining = left
  }
  return wrong < enough ? [] : explaining.map(({ name }) => name)
}

const isClosed = ({ errors }: Right[string]) => errors.every(Number.isFinite)

async function answerOf(
  { evaluate }: Fault,
  { inputs, parameters }: Asked['question'],
): Promise<Answer | null> {
  const copies = mapValues(inputs, ({ dtype, shape, data }) => ({
    dtype,
    shape,
    data: data.slice(),
  }))
  try {
    return await evaluate(copies, parameters)
  } catch {
    return null
  }
}

/**
 * The answer of a fault, in the place of the right one. No bound is derived for a wrong formula: what
 * rounding may do to the largest element of the right answer stands in.
 */
function roundedLike(right: Right, answer: Answer): Right {
  return Object.fromEntries(
    Object.entries(answer).map(([output, { shape, data }]) => {
      const error = Math.max(0, ...(right[output]?.errors ?? []))
      const values = Array.from(data as ArrayLike<number>)
      return [
        output,
        // NaN and infinities are what they are.
        {
          shape,
          data: values,
          errors: values.map((x) => (Number.isFinite(x) ? error + unit * Math.abs(x) : 0)),
        },
      ]
    }),
  )
}
