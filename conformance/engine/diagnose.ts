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
  const items = given.flatMap(({ question, answer }) => {
    const right = rightOf(question, references, bounds)
    const closed = right !== null && Object.values(right).every(isClosed)
    return answer !== null && closed ? [{ question, answer, right }] : []
  })
  const wrong = items.filter(({ answer, right }) => !fits(answer, right))
  if (wrong.length < enough) return []
  // Those that are wrong rule out most faults at once.
  const inOrder = [...wrong, ...items.filter((item) => !wrong.includes(item))]
  const names: string[] = []
  for (const fault of faults) {
    let explains = true
    for (const { question, answer, right } of inOrder) {
      const mistaken = await answerOf(fault, question)
      explains = mistaken !== null && fits(answer, roundedLike(right, mistaken))
      if (!explains) break
    }
    if (explains) names.push(fault.name)
  }
  return names
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
