import type {
  extractionLayer as layerSpec,
  strategy as spec,
} from '../../spec/transfer/decision.ts'
import { count, counts } from '../layers/counts.ts'
import type { Fast } from '../operation.ts'

/**
 * Strategies of transfer for a new data set.
 *
 * Clauses    transfer.decision.table
 * By         asking of each strategy whether it suits
 */
export const strategy: Fast<typeof spec> = (_, { size, similarity }) => {
  const extracts = size === 'small'
  const suits = [
    extracts && similarity === 'similar',
    extracts && similarity === 'different',
    !extracts,
    !extracts && similarity === 'different',
  ]
  return { suitable: counts(suits.map(Number)) }
}

/**
 * Layer from which features are taken.
 *
 * Clauses    transfer.decision.small-rule
 * By         whole numbers, in which nothing is rounded but what the rule rounds
 */
export const extractionLayer: Fast<typeof layerSpec> = (
  _,
  { size, similarity, levels, layers },
) => {
  const climbed = similarity * (layers - 1)
  const layer = size === 'large' ? 0 : 1 + (climbed - (climbed % levels)) / levels
  return { layer: count(layer) }
}
