import type { References } from '../../reference/reference.ts'
import type { Candidate, Checked, CheckOptions } from './candidate.ts'
import { Checking } from './checking.ts'
import type { Implementation } from './implementation.ts'
import type { Property } from './property.ts'

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

/** Checks one property on several implementations, on the same cases. */
export async function checkProperties(
  property: Property,
  candidates: readonly Candidate[],
  references: References,
  seed: number,
): Promise<readonly Checked[]> {
  const checking = new Checking(property, candidates, references, seed)
  try {
    await checking.tryUpTo(Number.POSITIVE_INFINITY)
    await checking.conclude()
    return checking.checked()
  } finally {
    checking.close()
  }
}
