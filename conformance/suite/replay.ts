import { referencesById } from '../../reference/index.ts'
import { checkArguments } from '../../spec/language/check.ts'
import type { Operation } from '../../spec/language/operation.ts'
import type { Case } from '../arbitraries/case.ts'
import { withNumbers } from '../base/json.ts'
import { mapValues } from '../base/records.ts'
import type { Capsule } from '../engine/capsule.ts'
import { checkProperty } from '../engine/check.ts'
import { caseIn } from '../engine/encapsulate.ts'
import type { Implementation } from '../engine/implementation.ts'
import type { Property } from '../engine/property.ts'
import type { Verdict } from '../engine/verdict.ts'
import { properties } from '../properties/index.ts'
import { toWire } from '../protocol/tensor.ts'
import { problemWith } from './schema.ts'

/**
 * Reads a capsule.
 *
 * @throws {Error} it is no capsule, or of a property that there is no more or that has changed
 */
export function readCapsule(text: string): Capsule {
  const written: unknown = JSON.parse(text)
  if ((written as Capsule | null)?.format !== 'touchstone-capsule/1') {
    throw new Error('its format is not touchstone-capsule/1')
  }
  const problem = problemWith('capsule', written)
  if (problem !== null) throw new Error(problem)
  return readOwnCapsule(written)
}

/** Reads a capsule that is known to be as the schema says: of those kept here, a test has seen that. */
export function readOwnCapsule(written: unknown): Capsule {
  const raw = written as Capsule
  const capsule = { ...raw, parameters: withNumbers(raw.parameters) }
  assertFits(propertyOf(capsule), capsule)
  return capsule
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

function propertyOf({ property: id }: Capsule): Property {
  const property = properties.find((candidate) => candidate.id === id)
  if (property === undefined) throw new Error(`there is no property ${id}`)
  return property
}

/** A case that the property would not draw today must not be put to it. */
function assertFits(property: Property, capsule: Capsule): void {
  const { id, space, operations, share, examples } = property
  const { inputs, parameters } = caseIn(capsule)
  // What is right was worked out by hand for these cases, and for no other.
  if (share === 0 && !examples.some((example) => isSameCase(example, capsule))) {
    throw new Error(`${id} has changed since: it is about another case`)
  }
  const operation = operations.find((candidate) => (candidate as unknown) === space)
  if (operation !== undefined) checkArguments(operation as Operation, inputs, parameters)
  const drawn = [...Object.keys(space.inputs), ...Object.keys(space.parameters)]
  const given = [...Object.keys(inputs), ...Object.keys(parameters)]
  // A counterexample that is worked by hand belongs to no space.
  if (drawn.length > 0 && drawn.toSorted().join() !== given.toSorted().join()) {
    throw new Error(`${id} has changed since: it takes ${drawn.join(', ')}`)
  }
}

function isSameCase(testCase: Case, { inputs, parameters }: Capsule): boolean {
  const written = (given: unknown) => JSON.stringify(given)
  return (
    written(mapValues(testCase.inputs, toWire)) === written(inputs) &&
    written(testCase.parameters) === written(parameters)
  )
}
