import type { References } from '../../reference/reference.ts'
import type { Candidate, Checked, CheckOptions } from './candidate.ts'
import { casesOf, seedOf } from './cases.ts'
import type { Implementation } from './implementation.ts'
import type { Property } from './property.ts'
import { Run } from './run.ts'

/** How many cases are drawn at a time, at least; more where an implementation likes more at once. */
const leastChunk = 16

/**
 * Checks one property on one implementation.
 *
 * Free of any test runner: plain data in, plain data out. Nothing that the implementation does
 * makes it throw; an error of the property or of the reference does.
 */
export async function checkProperty(
  property: Property,
  implementation: Implementation,
  references: References,
  { seed, ...options }: CheckOptions,
): Promise<Checked> {
  const candidate = { ...options, implementation }
  const [checked] = await checkProperties(property, [candidate], references, seed)
  return checked!
}

/**
 * Checks one property on several implementations, on the same cases. Each case is drawn once, and
 * what the reference says of it is worked out once for all that are judged by the same bounds. One
 * that fails stops; the others go on. A verdict depends on nothing but its own implementation.
 */
export async function checkProperties(
  property: Property,
  candidates: readonly Candidate[],
  references: References,
  seed: number,
): Promise<readonly Checked[]> {
  const own = seedOf(seed, property.id)
  const sharing = candidates.filter(({ implementation }) => implementation.use !== undefined)
  const runs = candidates.map(
    (candidate) => new Run(property, candidate, references, own, sharing.length > 1),
  )
  try {
    await inTurns(runs, (run) => run.tryExamples())
    const cases = casesOf(property, references, own)
    for (let first = 0; ; ) {
      const open = runs.filter((run) => run.wanted > 0)
      if (open.length === 0) break
      const most = Math.max(...open.map((run) => run.wanted))
      const size = Math.min(most, Math.max(leastChunk, ...open.map((run) => run.concurrency)))
      const chunk = Array.from({ length: size }, () => cases.next().value)
      await inTurns(open, (run) => run.tryChunk(chunk, first))
      first += size
    }
    return runs.map((run) => run.checked())
  } finally {
    for (const run of runs) run.close()
  }
}

/**
 * Those that share something that only one can use, one after the other; at the same time, all that
 * wait for nothing but themselves.
 */
async function inTurns(runs: readonly Run[], step: (run: Run) => Promise<void>): Promise<void> {
  const oneByOne = async () => {
    for (const run of runs) if (run.takesTurns) await step(run)
  }
  await Promise.all([oneByOne(), ...runs.filter((run) => !run.takesTurns).map(step)])
}
