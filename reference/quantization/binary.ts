import type {
  binarize as binarizeSpec,
  binaryProduct as productSpec,
} from '../../spec/quantization/binary.ts'
import { mean } from '../arithmetic/any-of.ts'
import { build } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/**
 * Weights of one bit.
 *
 * Formula    signs[n,d] = sign(w[n,d]), scales[d] = (1 / N) Σ_n |w[n,d]|, or the mean over all
 * Clauses    quantization.binary.scale
 * Shapes     w: [N, D] → signs: [N, D], scales: [1] or [D]
 * Edges      the sign of 0 is 1
 * Source     Rastegari et al. (2016), equation 6
 * Example    w = 1, −3, 0, 2 → signs 1, −1, 1, 1, scale 1.5
 */
export const binarize: Reference<typeof binarizeSpec> = (arithmetic, { w }, { per }) => {
  const { abs, exact, less } = arithmetic
  const [N, D] = w.shape as [number, number]
  const isNegative = build([N, D], (n, d) => less(w.at(n, d), exact(0)))
  const signs = build([N, D], (n, d) => exact(isNegative.at(n, d) ? -1 : 1))
  const scales =
    per === 'tensor'
      ? build([1], () => mean(arithmetic, [N, D], (n, d) => abs(w.at(n, d))))
      : build([D], (d) => mean(arithmetic, [N], (n) => abs(w.at(n, d))))
  return { signs, scales }
}

/**
 * Product of matrices of signs.
 *
 * Formula    y[n,m] = D − 2 · (how many d have a[n,d] ≠ b[d,m])
 * Clauses    quantization.binary.product
 * Shapes     a: [N, D], b: [D, M] → y: [N, M]
 * Edges      the same bits give D, opposite ones −D
 * Source     Rastegari et al. (2016), section 3.2
 * Example    a = 1, 0, 1, b = 1, 1, 1 → 3 − 2 = 1
 */
export const binaryProduct: Reference<typeof productSpec> = ({ exact, toNumber }, { a, b }) => {
  const [N, D] = a.shape as [number, number]
  const [, M] = b.shape as [number, number]
  const y = build([N, M], (n, m) => {
    let differing = 0
    for (let d = 0; d < D; d++) {
      if (toNumber(a.at(n, d)) !== toNumber(b.at(d, m))) differing++
    }
    return exact(D - 2 * differing)
  })
  return { y }
}
