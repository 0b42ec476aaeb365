import type { BoundedArithmetic } from '../../reference/arithmetic/bounded.ts'
import type { References } from '../../reference/reference.ts'
import { fits, rightOf } from './right.ts'
import type { Failure } from './trial.ts'

/** The operations that gave a wrong answer to a question of a failing case, or refused it wrongly. */
export function wrongOperations(
  { asked, kind }: Failure,
  references: References,
  bounds: BoundedArithmetic,
): readonly string[] {
  const found = new Set<string>()
  const [first] = asked
  // What was let through or went wrong otherwise is told by the kind, not by an answer.
  if (kind === 'accepted' && first) found.add(first.question.operation.id)
  if (kind !== 'accepted' && kind !== 'defect') {
    for (const { question, answer } of asked) {
      const { id } = question.operation
      if (answer === null) found.add(id)
      else {
        const right = rightOf(question, references, bounds)
        if (right !== null && !fits(answer, right)) found.add(id)
      }
    }
    const last = asked.at(-1)?.question.operation.id
    if (found.size === 0 && kind !== 'wrong value' && last !== undefined) found.add(last)
  }
  return [...found]
}
