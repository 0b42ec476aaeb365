import type { Bounded } from '../../reference/arithmetic/bounded.ts'
import type { Space } from '../../spec/language/operation.ts'
import { ours } from './bench.ts'
import { floorOfCase, noFloors } from './floor.ts'
import { type Judgement, judge, kindOf, severity } from './judge.ts'
import type { Bench, Comparison, Property } from './property.ts'
import type { Reading } from './reading.ts'
import type { Sides } from './sides.ts'
import type { Asked, Compared, Trial, Violation } from './trial.ts'

/** A number that is taken as exact. */
export const readPlain = (value: number): Reading => ({ value, error: 0 })

/** A number with the error that rounding may have caused. */
export const readBounded = (x: Bounded): Reading => ({
  value: ours.toNumber(x),
  error: ours.error(x),
})

type Disagreement = Extract<Judgement, { agrees: false }>

/** Compares what a property says is equal, as numbers that `read` gives. */
export async function compareOn<T>(
  property: Property,
  bench: Bench<T, Space>,
  read: (x: T) => Reading,
  asked: readonly Asked[],
): Promise<Trial> {
  if (property.check.kind !== 'comparison') throw new Error(`${property.id} compares nothing`)
  let usesReference = false
  const expected: typeof bench.expected = (...question) => {
    usesReference = true
    return bench.expected(...question)
  }
  const expectedFrom: typeof bench.expectedFrom = (...question) => {
    usesReference = true
    return bench.expectedFrom(...question)
  }
  const comparisons = await property.check.compare({ ...bench, expected, expectedFrom })
  let utilization = 0
  let open: string | null = null
  const wrong: Disagreement[] = []
  const floors = noFloors()
  for (const comparison of comparisons) {
    const judgement = judge(comparison, read, floors)
    if (!judgement.agrees) wrong.push(judgement)
    else {
      open ??= judgement.open
      utilization = Math.max(utilization, judgement.utilization)
    }
  }
  if (wrong.length > 0) {
    const related = asked.length > 1 && !usesReference
    const compared = comparisons.map((comparison) =>
      plain(related ? { ...comparison, sides: sidesOf(comparison) } : comparison, read),
    )
    wrong.sort((a, b) => severity(b) - severity(a) || 0)
    const [worst, ...others] = wrong.map((judgement) => violationOf(judgement, compared, asked))
    return { ...worst!, also: others }
  }
  if (open !== null) return { result: 'open', reason: open }
  return { result: 'agrees', utilization, floor: floorOfCase(floors) }
}

/** What the sides of a comparison between answers are: as its label says, if it is an equation. */
function sidesOf<T>({ label, sides }: Comparison<T>): Sides {
  if (sides !== undefined) return sides
  const parts = label.split(' = ')
  return parts.length === 2
    ? { actual: parts[0]!, expected: parts[1]! }
    : { actual: 'one side', expected: 'the other' }
}

/** A comparison that came out wrong as a case that shows it. */
export function violationOf(
  judgement: Disagreement,
  comparisons: readonly Compared[],
  asked: readonly Asked[],
): Violation {
  const { reason, label, difference } = judgement
  const { sides, diagnose } = comparisons.find((compared) => compared.label === label) ?? {}
  return {
    result: 'violates',
    reason,
    kind: kindOf(judgement),
    where: label,
    difference: difference === null || sides === undefined ? difference : { ...difference, sides },
    severity: severity(judgement),
    comparisons,
    asked,
    ...(diagnose && { diagnose }),
  }
}

/** A comparison as plain numbers. */
export function plain<T>(
  { label, sides, diagnose, expected, actual }: Comparison<T>,
  read: (x: T) => Reading,
): Compared {
  const [wanted, given] = [expected.data.map(read), actual.data.map(read)]
  return {
    label,
    ...(sides && { sides }),
    ...(diagnose && { diagnose }),
    shape: expected.shape,
    expected: wanted.map(({ value }) => value),
    bounds: wanted.map(({ error }, i) => error + (given[i]?.error ?? 0)),
    actualShape: actual.shape,
    actual: given.map(({ value }) => value),
  }
}
