import type { Implementation } from '../../engine/implementation.ts'
import { meanings, withMeanings } from './meanings.ts'
import { provisions } from './provisions.ts'
import { reasonsFor } from './unsupported.ts'

/**
 * A library as it is: it says why it does not provide what it does not, and declines arguments that its
 * documentation gives a meaning to.
 */
export function bare(
  library: keyof typeof provisions,
  implementation: Implementation,
): Implementation {
  const provided = new Set(Object.keys(implementation.operations))
  const reasons = reasonsFor(provisions[library], provided)
  const unsupported = { ...reasons, ...implementation.unsupported }
  return withMeanings({ ...implementation, unsupported }, meanings[library])
}
