import type { unfoldedDepth as spec } from '../../spec/bptt/depth-equals-length.ts'
import { count } from '../layers/counts.ts'
import type { Fast } from '../operation.ts'

/**
 * Depth of an unfolded recurrent network.
 *
 * Clauses    bptt.depth-equals-length
 * By         differences of steps
 */
export const unfoldedDepth: Fast<typeof spec> = (_, { steps, start, end }) => {
  const recurrent = end - start
  const ends = start === 0 ? 1 : 2
  return { layers: count(steps), recurrent: count(recurrent), edges: count(recurrent + ends) }
}
