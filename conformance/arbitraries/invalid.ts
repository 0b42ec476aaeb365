import type { Signature } from '../../spec/language/check.ts'
import { noCovariances, wrongElements, wrongTypes, zerosAlone } from './invalid-elements.ts'
import { violations, wrongParameters } from './invalid-parameters.ts'
import { belowBounds, disagreements, wrongRanks } from './invalid-shapes.ts'
import type { Invalidity } from './invalidity.ts'

const known = new WeakMap<Signature, readonly Invalidity[]>()

/** Every way in which the signature of an operation says that arguments can be wrong; found out once. */
export function invalidities(operation: Signature): readonly Invalidity[] {
  const before = known.get(operation)
  if (before !== undefined) return before
  const found = [
    ...disagreements(operation),
    ...belowBounds(operation),
    ...wrongRanks(operation),
    ...wrongElements(operation),
    ...zerosAlone(operation),
    ...noCovariances(operation),
    ...wrongTypes(operation),
    ...wrongParameters(operation),
    ...violations(operation),
  ]
  known.set(operation, found)
  return found
}
