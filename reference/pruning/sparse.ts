import type { twoOfFour as fourSpec, compressedRows as spec } from '../../spec/pruning/sparse.ts'
import { build } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/**
 * Compressed sparse rows of a pruned matrix, and what they take.
 *
 * Formula    values and columns of the n elements that are not 0, row by row; starts[i] = how many there
 *            are before row i; denseBits = D M b, sparseBits = n (b + b′) + (D + 1) b′
 * Clauses    pruning.unstructured
 * Shapes     weights: [D, M] → values, columns: [D M], starts: [D + 1], denseBits, sparseBits: []
 * Edges      behind the n elements there are zeros; −0 is 0
 * Source     Saad (2003), section 3.4
 * Example    W = 0, 5 | 0, 0 → values = 5, 0, 0, 0, columns = 1, 0, 0, 0, starts = 0, 1, 1
 */
export const compressedRows: Reference<typeof spec> = (
  { abs, exact, less },
  { weights },
  { valueBits, indexBits },
) => {
  const [D, M] = weights.shape as [number, number]
  const zero = exact(0)
  const values: (typeof zero)[] = []
  const columns: number[] = []
  const starts = [0]
  for (let i = 0; i < D; i++) {
    for (let j = 0; j < M; j++) {
      if (!less(zero, abs(weights.at(i, j)))) continue
      values.push(weights.at(i, j))
      columns.push(j)
    }
    starts.push(values.length)
  }
  const n = values.length
  return {
    values: build([D * M], (k) => values[k] ?? zero),
    columns: build([D * M], (k) => exact(columns[k] ?? 0)),
    starts: build([D + 1], (i) => exact(starts[i]!)),
    denseBits: build([], () => exact(D * M * valueBits)),
    sparseBits: build([], () => exact(n * (valueBits + indexBits) + (D + 1) * indexBits)),
  }
}

/**
 * Pruning of two weights of every four, and what is stored of the others.
 *
 * Formula    of each four the two with the largest |W| stay, in the order of their places
 * Clauses    pruning.unstructured
 * Shapes     weights: [D, G, 4] → pruned: [D, G, 4], values, places: [D, G, 2]
 * Edges      of equal magnitudes the lower index goes first
 * Source     Mishra et al. (2021), section 3
 * Example    W = 1, -4, 2, 3 → pruned = 0, -4, 0, 3, values = -4, 3, places = 1, 3
 */
export const twoOfFour: Reference<typeof fourSpec> = ({ abs, exact, less }, { weights }) => {
  const [D, G] = weights.shape as [number, number, number]
  const kept = (i: number, g: number) => {
    const size = (k: number) => abs(weights.at(i, g, k))
    const order = [0, 1, 2, 3].sort((a, b) =>
      less(size(a), size(b)) ? -1 : less(size(b), size(a)) ? 1 : a - b,
    )
    return order.slice(2).sort((a, b) => a - b)
  }
  const places = Array.from({ length: D }, (_, i) =>
    Array.from({ length: G }, (_, g) => kept(i, g)),
  )
  return {
    pruned: build([D, G, 4], (i, g, k) =>
      places[i]![g]!.includes(k) ? weights.at(i, g, k) : exact(0),
    ),
    values: build([D, G, 2], (i, g, k) => weights.at(i, g, places[i]![g]![k]!)),
    places: build([D, G, 2], (i, g, k) => exact(places[i]![g]![k]!)),
  }
}
