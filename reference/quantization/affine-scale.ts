import type { affineScale as spec } from '../../spec/quantization/affine-scale.ts'
import { codeRange } from '../../spec/quantization/codes.ts'
import { build } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'
import { leastNormal, nearestWhole } from './codes-nearest.ts'

/**
 * Scale and zero point of affine codes.
 *
 * Formula    s = (max(0, max w) − min(0, min w)) / (2^b − 1), z = round(q_min − min(0, min w) / s), within the codes
 * Clauses    quantization.per-layer-scale.affine
 * Shapes     w: [N, D] → scales, zeroPoints: [1] or [D]
 * Edges      zeros alone: s = 1, z = q_min; s below the normal numbers may lose its digits, and z with them
 * Source     ONNX, DynamicQuantizeLinear
 * Example    w = −2, 4, unsigned, 2 bits → s = 6 / 3 = 2, z = 1
 */
export const affineScale: Reference<typeof spec> = (arithmetic, { w }, { bits, range, per }) => {
  const { divide, exact, less, maximum, negate, subtract, toNumber } = arithmetic
  const [N, D] = w.shape as [number, number]
  const [least, largest] = codeRange({ bits, range })
  const columns = Array.from({ length: D }, (_, d) =>
    Array.from({ length: N }, (_, n) => w.at(n, d)),
  )
  const arrays = per === 'tensor' ? [columns.flat()] : columns
  const chosen = arrays.map((numbers) => {
    const above = maximum([exact(0), ...numbers])
    const below = maximum([exact(0), ...numbers.map(negate)])
    const width = subtract(above, negate(below))
    if (!less(exact(0), width)) return { scale: exact(1), zero: least }
    const scale = divide(width, exact(largest - least))
    if (!less(exact(0), below)) return { scale, zero: least }
    // At an end of the range 0 has the code of that end, whatever rounding does to the quotient.
    const isNormal = toNumber(scale) >= leastNormal
    if (isNormal && !less(exact(0), above)) return { scale, zero: largest }
    const steps = subtract(exact(least), negate(divide(below, scale)))
    return { scale, zero: nearestWhole(arithmetic, steps, least, largest) }
  })
  return {
    scales: build([arrays.length], (d) => chosen[d]!.scale),
    zeroPoints: build([arrays.length], (d) => exact(chosen[d]!.zero)),
  }
}
