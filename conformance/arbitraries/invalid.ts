import type { Signature } from '../../spec/language/check.ts'
import { noCovariances, wrongElements, wrongTypes, zerosAlone } from './invalid-elements.ts'
import { violations, wrongParameters } from './invalid-parameters.ts'
import { belowBounds, disagreements, wrongRanks } from './invalid-shapes.ts'
import type { Invalidity } from './invalidity.ts'

/** Every way in which the signature of an operation says that arguments can be wrong. */
export function invalidities(operation: Signature): readonly Invalidity[] {
  return [
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
}
