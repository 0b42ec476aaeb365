import type { receptiveField as spec } from '../../spec/cnn/hierarchy.ts'
import { fromData } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/**
 * Receptive field of a stack of layers.
 *
 * Formula    r_l = r_{l−1} + D_l (H'_l − 1) j_{l−1},  j_l = S_l j_{l−1},  r_0 = j_0 = 1
 * Clauses    cnn.hierarchy.receptive-field
 * Shapes     → extents: [L], jumps: [L]
 * Edges      a kernel of 1 adds nothing
 * Source     Araujo, Norris, Sim (2019), equation 2
 * Example    three layers with kernel 3 → extents = [3, 5, 7], jumps = [1, 1, 1]
 */
export const receptiveField: Reference<typeof spec> = ({ exact, add, multiply }, _, { layers }) => {
  let [r, j] = [exact(1), exact(1)]
  const rows = layers.map(({ kernel, stride, dilation }) => {
    r = add(r, multiply(exact(dilation * (kernel - 1)), j))
    j = multiply(exact(stride), j)
    return [r, j] as const
  })
  const L = layers.length
  return {
    extents: fromData(
      [L],
      rows.map(([r]) => r),
    ),
    jumps: fromData(
      [L],
      rows.map(([, j]) => j),
    ),
  }
}
