import { allowedElements } from '../../spec/language/elements.ts'
import type { Space } from '../../spec/language/operation.ts'
import type { Case } from './case.ts'

/** Whether all elements are those that a space allows: a 0 is no scale, and a large code is none of fewer bits. */
export function hasAllowedElements(space: Space, { inputs, parameters }: Case): boolean {
  return Object.entries(space.inputs).every(([name, input]) => {
    const allowed = allowedElements(input, parameters)
    return allowed === null || inputs[name]!.data.every((element) => allowed.holds(element))
  })
}
