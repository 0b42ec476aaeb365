import type { svdShapes as spec } from '../../spec/lowrank/svd-shapes.ts'
import { counts } from '../layers/counts.ts'
import type { Fast } from '../operation.ts'

/**
 * Shapes of the factors of a singular value decomposition.
 *
 * Clauses    lowrank.svd.shapes
 * By         the two sides at which the factors meet
 */
export const svdShapes: Fast<typeof spec> = (_, { rows, columns, form }) => {
  const values = Math.min(rows, columns)
  const [first, second] = form === 'full' ? [rows, columns] : [values, values]
  return {
    left: counts([rows, first]),
    middle: counts([first, second]),
    right: counts([second, columns]),
  }
}
