import { allowedElements, hasSome } from '../../spec/language/elements.ts'
import type { Space } from '../../spec/language/operation.ts'
import { isSemidefinite } from '../../spec/language/semidefinite.ts'
import type { Case } from './case.ts'

/**
 * As a share of the trace, how far below 0 an eigenvalue of a covariance of ours may be: what is left of 0 by doubles. Who
 * asks may round one; a bound is that of covariances without negative eigenvalues.
 */
const semidefiniteUpTo = 2 ** -46

/**
 * Whether all elements are those that a space allows: a 0 is no scale, a large code is none of fewer bits,
 * zeros alone are no weights of a mean, and a matrix is no covariance because its elements are numbers.
 */
export function hasAllowedElements(space: Space, { inputs, parameters }: Case): boolean {
  return Object.entries(space.inputs).every(([name, input]) => {
    const allowed = allowedElements(input, parameters)
    const { shape, data } = inputs[name]!
    if (!hasSome(input, { shape, data })) return false
    if (input.semidefinite && !isSemidefinite(data, shape[0]!, semidefiniteUpTo)) return false
    return allowed === null || data.every((element) => allowed.holds(element))
  })
}
