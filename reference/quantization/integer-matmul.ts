import { codeRange } from '../../spec/quantization/codes.ts'
import type {
  integerMatmul as productSpec,
  quantizedMatmul as spec,
} from '../../spec/quantization/integer-matmul.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray, sumOfProducts } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'
import { nearestWhole, quotientOfWhole } from './codes-nearest.ts'

type Factors<T> = Readonly<Record<'a' | 'b' | 'zeroA' | 'zerosB', NumberArray<T>>>

/** Σ_d (a[n,d] − z_a) (b[d,m] − z_b[m]), without rounding. */
function productOf<T>(
  arithmetic: Arithmetic<T>,
  { a, b, zeroA, zerosB }: Factors<T>,
  per: 'tensor' | 'channel',
): NumberArray<T> {
  const { subtract } = arithmetic
  const [N, D] = a.shape as [number, number]
  const [, M] = b.shape as [number, number]
  const fromZeroA = build([N, D], (n, d) => subtract(a.at(n, d), zeroA.at()))
  const fromZeroB = build([D, M], (d, m) =>
    subtract(b.at(d, m), zerosB.at(per === 'tensor' ? 0 : m)),
  )
  return build([N, M], (n, m) =>
    sumOfProducts(
      arithmetic,
      [D],
      (d) => fromZeroA.at(n, d),
      (d) => fromZeroB.at(d, m),
    ),
  )
}

/**
 * Product of matrices of codes.
 *
 * Formula    y[n,m] = Σ_d (a[n,d] − z_a) (b[d,m] − z_b[m])
 * Clauses    quantization.per-layer-scale.integer-product, quantization.per-layer-scale.requantize
 * Shapes     a: [N, D], b: [D, M], zeroA: [], zerosB: [1] or [M] → y: [N, M]
 * Edges      codes at their zero points add nothing
 * Source     Jacob et al. (2018), equation 4; ONNX, MatMulInteger
 * Example    a = [[3, 5]], b = [[2], [7]], zero points 1 and 2 → y = (2)(0) + (4)(5) = 20
 */
export const integerMatmul: Reference<typeof productSpec> = (arithmetic, factors, { per }) => ({
  y: productOf(arithmetic, factors, per),
})

/**
 * Product of quantized matrices, quantized again.
 *
 * Formula    codes[n,m] = min(q_max, max(q_min, round(s_a s_b[m] y[n,m] / s_y) + z_y)), halves to even
 * Clauses    quantization.per-layer-scale.requantize
 * Shapes     as of integerMatmul; scaleA, scaleY, zeroY: [], scalesB: [1] or [M] → codes: [N, M]
 * Edges      what is beyond the codes becomes their nearest end
 * Source     Jacob et al. (2018), equations 3 to 5; ONNX, QLinearMatMul
 * Example    y = 20, scales 1, 1 and 8, zero point 3 → round(2.5) + 3 = 5
 */
export const quantizedMatmul: Reference<typeof spec> = (
  arithmetic,
  { scaleA, scalesB, scaleY, zeroY, ...factors },
  { bits, rangeY, per },
  note,
) => {
  const { exact, toNumber } = arithmetic
  const y = productOf(arithmetic, factors, per)
  note?.('y', y)
  const [least, largest] = codeRange({ bits, range: rangeY })
  const z = toNumber(zeroY.at())

  const codes = build(y.shape, (n, m) => {
    const scaleB = scalesB.at(per === 'tensor' ? 0 : m)
    const steps = quotientOfWhole(arithmetic, [scaleA.at(), scaleB, y.at(n, m)], scaleY.at())
    return exact(nearestWhole(arithmetic, steps, least - z, largest - z) + z)
  })
  return { codes }
}
