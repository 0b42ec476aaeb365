import type { Bounded } from '../../reference/arithmetic/bounded.ts'
import type { Space } from '../../spec/language/operation.ts'
import type { Question } from '../base/question.ts'
import { ours } from './bench.ts'
import { type Judgement, judge, type Reading, severity } from './judge.ts'
import type { Bench, Comparison, Property } from './property.ts'
import type { Compared, Trial, Violation } from './trial.ts'

/** A number that is taken as exact. */
export const readPlain = (value: number): Reading => ({ value, error: 0 })

/** A number with the error that rounding may have caused. */
export const readBounded = (x: Bounded): Reading => ({
  value: ours.toNumber(x),
  error: ours.error(x),
})

/** Compares what a property says is equal, as numbers that `read` gives. */
export async function compareOn<T>(
  property: Property,
  bench: Bench<T, Space>,
  read: (x: T) => Reading,
  questions: readonly Question[],
): Promise<Trial> {
  if (property.check.kind !== 'comparison') throw new Error(`${property.id} compares nothing`)
  const comparisons = await property.check.compare(bench)
  let worst: Judgement | null = null
  let open = false
  for (const comparison of comparisons) {
    const judgement = judge(comparison, read)
    if (judgement.agrees && judgement.open) open = true
    if (worst === null || severity(judgement) > severity(worst)) worst = judgement
  }
  if (worst !== null && !worst.agrees) {
    const compared = comparisons.map((comparison) => plain(comparison, read))
    return violationOf(worst, compared, questions)
  }
  if (open) return { result: 'discarded', reason: 'the rounding error is unbounded' }
  return { result: 'agrees', utilization: worst?.utilization ?? 0 }
}

/** A comparison that came out wrong as a case that shows it. */
export function violationOf(
  judgement: Extract<Judgement, { agrees: false }>,
  comparisons: readonly Compared[],
  questions: readonly Question[],
): Violation {
  const { reason, difference } = judgement
  return {
    result: 'violates',
    reason,
    difference,
    severity: severity(judgement),
    comparisons,
    questions,
  }
}

/** A comparison as plain numbers. */
export function plain<T>(
  { label, expected, actual }: Comparison<T>,
  read: (x: T) => Reading,
): Compared {
  const [wanted, given] = [expected.data.map(read), actual.data.map(read)]
  return {
    label,
    shape: expected.shape,
    expected: wanted.map(({ value }) => value),
    bounds: wanted.map(({ error }, i) => error + (given[i]?.error ?? 0)),
    actualShape: actual.shape,
    actual: given.map(({ value }) => value),
  }
}
