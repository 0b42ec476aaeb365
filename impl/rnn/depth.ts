import type { pathLengths as spec } from '../../spec/rnn/depth.ts'
import { count } from '../layers/counts.ts'
import type { Fast } from '../operation.ts'

/**
 * Lengths of paths through a deep recurrent network.
 *
 * Clauses    rnn.depth.placements
 * By         the layers that a path meets once, and those that it meets at every step but the first
 */
export const pathLengths: Fast<typeof spec> = (_, { steps, into, between, out, skip }) => {
  const once = into + out
  const later = steps - 1
  const shortcut = skip ? 1 : between
  return {
    nextLongest: count(between),
    nextShortest: count(shortcut),
    longest: count(once + later * between),
    shortest: count(once + later * shortcut),
  }
}
