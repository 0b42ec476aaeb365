import { allowedElements, hasSome } from '../../spec/language/elements.ts'
import type { Space } from '../../spec/language/operation.ts'
import type { Case } from './case.ts'

/**
 * Whether all elements are those that a space allows: a 0 is no scale, a large code is none of fewer bits,
 * and zeros alone are no weights of a mean.
 */
export function hasAllowedElements(space: Space, { inputs, parameters }: Case): boolean {
  return Object.entries(space.inputs).every(([name, input]) => {
    const allowed = allowedElements(input, parameters)
    if (!hasSome(input, inputs[name]!)) return false
    return allowed === null || inputs[name]!.data.every((element) => allowed.holds(element))
  })
}
