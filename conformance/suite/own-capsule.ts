import { checkArguments } from '../../spec/language/check.ts'
import type { Operation } from '../../spec/language/operation.ts'
import type { Case } from '../arbitraries/case.ts'
import { withNumbers } from '../base/json.ts'
import { mapValues } from '../base/records.ts'
import type { Capsule } from '../engine/capsule.ts'
import { caseIn } from '../engine/encapsulate.ts'
import type { Property } from '../engine/property.ts'
import { isLoaded, propertyById } from '../properties/loaded.ts'
import { toWire } from '../protocol/tensor.ts'

/** Reads a capsule that is known to be as the schema says: of those kept here, a test has seen that. */
export function readOwnCapsule(written: unknown): Capsule {
  const raw = written as Capsule
  const capsule = { ...raw, parameters: withNumbers(raw.parameters) }
  // No case of another area is tried.
  if (isLoaded(capsule.property)) assertFits(propertyOf(capsule), capsule)
  return capsule
}

/** The property that a capsule is about. */
export function propertyOf({ property: id }: Capsule): Property {
  const property = propertyById(id)
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
