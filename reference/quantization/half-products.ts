import { halfFormats } from '../../spec/quantization/formats.ts'
import type { halfMatmul as spec } from '../../spec/quantization/half-products.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, elementwise, sum } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'
import { nearestWhole } from './codes-nearest.ts'

const { fraction, least, most } = halfFormats.float16

/** The nearest number of half precision; infinity from half a step beyond the largest one on. */
function half<T>(arithmetic: Arithmetic<T>, x: T): T {
  const { exact, toNumber } = arithmetic
  const number = toNumber(x)
  const size = Math.abs(number)
  if (!Number.isFinite(number)) return x
  if (size >= 2 ** (most + 1)) return exact(number * Number.POSITIVE_INFINITY)
  const e = Math.max(least, Math.floor(Math.log2(size)))
  const step = 2 ** (e - fraction)
  const end = 2 ** (fraction + 1)
  const rounded = nearestWhole(arithmetic, x, -end, end, step) * step
  return exact(Math.abs(rounded) === 2 ** (most + 1) ? rounded * Number.POSITIVE_INFINITY : rounded)
}

/**
 * Product of matrices in half precision.
 *
 * Formula    y[n,m] = fl16(Σ_d fl16(a[n,d]) fl16(b[d,m])), or every partial sum rounded by fl16
 * Clauses    quantization.fp16-accumulate-fp32.product
 * Shapes     a: [N, D], b: [D, M] → y: [N, M]
 * Edges      sums of 65520 and more are infinite
 * Source     Micikevicius et al. (2018), section 3.3
 * Example    2048 + 1 + 1 → 2050, and 2048 where partial sums are rounded
 */
export const halfMatmul: Reference<typeof spec> = (arithmetic, { a, b }, { sums }) => {
  const { add, exact, toNumber } = arithmetic
  const [N, D] = a.shape as [number, number]
  const [, M] = b.shape as [number, number]
  const left = elementwise(a, (x) => toNumber(half(arithmetic, x)))
  const right = elementwise(b, (x) => toNumber(half(arithmetic, x)))
  // 11 bits by 11 bits are at most 22, so that float32 holds the product.
  const product = (n: number, d: number, m: number) => exact(left.at(n, d) * right.at(d, m))

  const y = build([N, M], (n, m) => {
    if (sums === 'float32')
      return half(
        arithmetic,
        sum(arithmetic, [D], (d) => product(n, d, m)),
      )
    let sigma = exact(0)
    for (let d = 0; d < D; d++) sigma = half(arithmetic, add(sigma, product(n, d, m)))
    return sigma
  })
  return { y }
}
