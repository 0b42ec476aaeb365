import type {
  extractionLayer as layerSpec,
  strategy as spec,
} from '../../spec/transfer/decision.ts'
import { build } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/**
 * Strategies of transfer for a new data set.
 *
 * Formula    (small, similar) → higher features; (small, different) → lower features;
 *            (large, similar) → fine-tune; (large, different) → fine-tune or from scratch
 * Clauses    transfer.decision.table
 * Shapes     → suitable: [4]
 * Edges      none: every combination has an answer
 * Source     Stanford CS231n, Transfer learning: When and how to fine-tune?
 * Example    small, similar → 1, 0, 0, 0
 */
export const strategy: Reference<typeof spec> = ({ exact }, _, { size, similarity }) => {
  const table = {
    small: { similar: [1, 0, 0, 0], different: [0, 1, 0, 0] },
    large: { similar: [0, 0, 1, 0], different: [0, 0, 1, 1] },
  } as const
  return { suitable: build([4], (i) => exact(table[size][similarity][i]!)) }
}

/**
 * Layer from which features are taken.
 *
 * Formula    small: 1 + ⌊s (L − 1) / S⌋; large: 0
 * Clauses    transfer.decision.small-rule
 * Shapes     → layer: []
 * Edges      one layer: that one
 * Source     Stanford CS231n, Transfer learning; the proportion is our choice
 * Example    5 layers, levels 0 to 4: s = 0 → 1, s = 4 → 5
 */
export const extractionLayer: Reference<typeof layerSpec> = (
  { exact },
  _,
  { size, similarity, levels, layers },
) => {
  const layer = size === 'small' ? 1 + Math.floor((similarity * (layers - 1)) / levels) : 0
  return { layer: build([], () => exact(layer)) }
}
