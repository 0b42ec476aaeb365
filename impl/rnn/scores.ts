import type { scoresGradient as gradientSpec, scores as spec } from '../../spec/rnn/scores.ts'
import { scoresGradientOf, scoresOf } from '../layers/scores.ts'
import type { Fast } from '../operation.ts'

/**
 * Scores of a recurrent network.
 *
 * Clauses    rnn.output-from-memory
 * Fast by    one product for all steps
 */
export const scores: Fast<typeof spec> = ({ h, V, c }) => ({ o: scoresOf(h, V, c) })

/**
 * Gradients of the scores of a recurrent network.
 *
 * Clauses    rnn.output-from-memory
 * Fast by    one product for all states, and one for the sum over time
 */
export const scoresGradient: Fast<typeof gradientSpec> = ({ h, V, do: dO }) =>
  scoresGradientOf(h, V, dO)
