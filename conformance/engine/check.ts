import type { References } from '../../reference/reference.ts'
import type { Candidate, Checked, CheckOptions } from './candidate.ts'
import { casesOf } from './cases.ts'
import { Examination } from './examination.ts'
import type { Implementation } from './implementation.ts'
import type { Property } from './property.ts'

/** How many cases are drawn at a time, at least; more where an implementation likes more at once. */
const leastChunk = 16

/**
 * Checks one property on one implementation.
 *
 * Free of any test runner: plain data in, plain data out. Nothing that the implementation does
 * makes it throw, and an error of the property or of the reference on a case is a verdict, too.
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
 * what the reference says of it is worked out once for all that are judged by the same bounds. What
 * fails goes on, so that one mistake does not hide another. A verdict depends on nothing but its own implementation.
 */
export async function checkProperties(
  property: Property,
  candidates: readonly Candidate[],
  references: References,
  seed: number,
): Promise<readonly Checked[]> {
  const sharing = candidates.filter(({ implementation }) => implementation.use !== undefined)
  const examinations = candidates.map(
    (candidate) => new Examination(property, candidate, references, seed, sharing.length > 1),
  )
  try {
    await inTurns(examinations, (each) => each.tryExamples())
    const cases = casesOf(property, references, seed)
    for (let first = 0; ; ) {
      const open = examinations.filter(({ wanted }) => wanted > 0)
      if (open.length === 0) break
      const most = Math.max(...open.map(({ wanted }) => wanted))
      const size = Math.min(
        most,
        Math.max(leastChunk, ...open.map(({ concurrency }) => concurrency)),
      )
      const chunk = Array.from({ length: size }, () => cases.next().value)
      await inTurns(open, (each) => each.tryChunk(chunk, first))
      first += size
    }
    await inTurns(examinations, (each) => each.conclude())
    return examinations.map((each) => each.checked())
  } finally {
    for (const each of examinations) each.close()
  }
}

/**
 * Those that share something that only one can use, one after the other; at the same time, all that
 * wait for nothing but themselves.
 */
async function inTurns(
  examinations: readonly Examination[],
  step: (examination: Examination) => Promise<void>,
): Promise<void> {
  const oneByOne = async () => {
    for (const each of examinations) if (each.takesTurns) await step(each)
  }
  await Promise.all([oneByOne(), ...examinations.filter((each) => !each.takesTurns).map(step)])
}
