import type { svdShapes as spec } from '../../spec/lowrank/svd-shapes.ts'
import { fromData } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/**
 * Shapes of the factors of a singular value decomposition.
 *
 * Formula    full: m × m, m × k, k × k; thin: m × r, r × r, r × k with r = min(m, k)
 * Clauses    lowrank.svd.shapes
 * Shapes     → left: [2], middle: [2], right: [2]
 * Edges      both forms of a square matrix are the same
 * Source     Golub and Van Loan (2013), theorem 2.4.1 and section 2.4.3
 * Example    m = 2, k = 3 → full: 2 × 2, 2 × 3, 3 × 3; thin: 2 × 2, 2 × 2, 2 × 3
 */
export const svdShapes: Reference<typeof spec> = ({ exact }, _, { rows: m, columns: k, form }) => {
  const r = Math.min(m, k)
  const sides = (...shape: readonly number[]) => fromData([2], shape.map(exact))
  return form === 'full'
    ? { left: sides(m, m), middle: sides(m, k), right: sides(k, k) }
    : { left: sides(m, r), middle: sides(r, r), right: sides(r, k) }
}
