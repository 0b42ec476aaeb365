import { referencesById } from '../../reference/index.ts'
import { parsed } from '../base/json.ts'
import type { Capsule } from '../engine/capsule.ts'
import { checkProperty } from '../engine/check.ts'
import { caseIn } from '../engine/encapsulate.ts'
import type { Implementation } from '../engine/implementation.ts'
import type { Verdict } from '../engine/verdict.ts'
import { propertyOf, readOwnCapsule } from './own-capsule.ts'
import { problemWith } from './schema.ts'

/**
 * Reads a capsule.
 *
 * @throws {Error} it is no capsule, or of a property that there is no more or that has changed
 */
export function readCapsule(text: string): Capsule {
  const written = parsed(text)
  if ((written as Capsule | null)?.format !== 'touchstone-capsule/1') {
    throw new Error('its format is not touchstone-capsule/1')
  }
  const problem = problemWith('capsule', written)
  if (problem !== null) throw new Error(problem)
  return readOwnCapsule(written)
}

/** Tries the case of a capsule, and no other, on an implementation. */
export async function attemptCapsule(
  capsule: Capsule,
  implementation: Implementation,
): Promise<Verdict> {
  const property = { ...propertyOf(capsule), examples: [], share: 0 }
  const { verdict } = await checkProperty(property, implementation, referencesById, {
    runs: 0,
    seed: capsule.seed,
    deadline: null,
    kept: [caseIn(capsule)],
    shrink: false,
  })
  return verdict
}
