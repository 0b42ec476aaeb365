import type { symmetricScale as spec } from '../../spec/quantization/per-layer-scale.ts'
import { build } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/**
 * Scale of symmetric codes.
 *
 * Formula    s[d] = max_n |w[n,d]| / (2^(b−1) − 1), or over all n and d
 * Clauses    quantization.per-layer-scale.scale
 * Shapes     w: [N, D] → scales: [1] or [D]
 * Edges      zeros alone: 1
 * Source     Nagel et al. (2021), section 2.2
 * Example    w = 2, −6, 3 bits → s = 6 / 3 = 2
 */
export const symmetricScale: Reference<typeof spec> = (
  { abs, divide, exact, less, maximum },
  { w },
  { bits, per },
) => {
  const [N, D] = w.shape as [number, number]
  const largestCode = exact(2 ** (bits - 1) - 1)
  const columns = Array.from({ length: D }, (_, d) =>
    maximum(Array.from({ length: N }, (_, n) => abs(w.at(n, d)))),
  )
  const largest = per === 'tensor' ? [maximum(columns)] : columns
  const scales = build([largest.length], (d) =>
    less(exact(0), largest[d]!) ? divide(largest[d]!, largestCode) : exact(1),
  )
  return { scales }
}
