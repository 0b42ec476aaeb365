import { references } from '../reference/index.ts'
import type { References } from './engine/bench.ts'
import type { Capsule } from './engine/capsule.ts'
import { checkProperty } from './engine/check.ts'
import { caseIn } from './engine/encapsulate.ts'
import type { Implementation } from './engine/implementation.ts'
import type { Verdict } from './engine/verdict.ts'
import { properties } from './properties/index.ts'

/**
 * Reads a capsule.
 *
 * @throws {Error} it is no capsule, or of a property that there is no more
 */
export function readCapsule(text: string): Capsule {
  const capsule = JSON.parse(text) as Capsule
  if (capsule?.format !== 'touchstone-capsule/1') {
    throw new Error('its format is not touchstone-capsule/1')
  }
  propertyOf(capsule)
  caseIn(capsule)
  return capsule
}

/** Tries the case of a capsule, and no other, on an implementation. */
export async function attemptCapsule(
  capsule: Capsule,
  implementation: Implementation,
): Promise<Verdict> {
  const property = { ...propertyOf(capsule), examples: [], share: 0 }
  const { verdict } = await checkProperty(
    property,
    implementation,
    references as unknown as References,
    { runs: 0, seed: capsule.seed, deadline: null, kept: [caseIn(capsule)], shrink: false },
  )
  return verdict
}

function propertyOf({ property: id }: Capsule) {
  const property = properties.find((candidate) => candidate.id === id)
  if (property === undefined) throw new Error(`there is no property ${id}`)
  return property
}
