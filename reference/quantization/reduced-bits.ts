import { codeRange } from '../../spec/quantization/codes.ts'
import type {
  dequantize as dequantizeSpec,
  quantize as quantizeSpec,
} from '../../spec/quantization/reduced-bits.ts'
import { build } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'
import { nearestWhole, stepsIn } from './codes-nearest.ts'

/**
 * Quantization to whole numbers.
 *
 * Formula    codes[n,d] = min(q_max, max(q_min, round(x[n,d] / s[d]) + z[d])), halves to even
 * Clauses    quantization.reduced-bits.quantize, quantization.reduced-bits.dequantize
 * Shapes     x: [N, D], scales and zeroPoints: [1] or [D] → codes: [N, D]
 * Edges      what is beyond the codes becomes their nearest end
 * Source     Jacob et al. (2018), equation 1; ONNX, QuantizeLinear
 * Example    4 bits, s = 2, z = 1: x = 1, 3, 5, 100 → codes 1, 3, 3, 7
 */
export const quantize: Reference<typeof quantizeSpec> = (
  arithmetic,
  { x, scales, zeroPoints },
  parameters,
) => {
  const { exact, toNumber } = arithmetic
  const [least, largest] = codeRange(parameters)
  const channelOf = (d: number) => (parameters.per === 'tensor' ? 0 : d)

  const codes = build(x.shape, (n, d) => {
    const z = toNumber(zeroPoints.at(channelOf(d)))
    const steps = stepsIn(arithmetic, x.at(n, d), scales.at(channelOf(d)))
    return exact(nearestWhole(arithmetic, steps, least - z, largest - z) + z)
  })
  return { codes }
}

/**
 * The numbers that codes stand for.
 *
 * Formula    x[n,d] = s[d] (codes[n,d] − z[d])
 * Clauses    quantization.reduced-bits.dequantize
 * Shapes     codes: [N, D], scales and zeroPoints: [1] or [D] → x: [N, D]
 * Edges      the code z stands for 0
 * Source     Jacob et al. (2018), equation 1
 * Example    s = 0.5, z = −128: codes −128, 127 → x = 0, 127.5
 */
export const dequantize: Reference<typeof dequantizeSpec> = (
  { multiply, subtract },
  { codes, scales, zeroPoints },
  { per },
) => {
  const channelOf = (d: number) => (per === 'tensor' ? 0 : d)
  const x = build(codes.shape, (n, d) => {
    const fromZero = subtract(codes.at(n, d), zeroPoints.at(channelOf(d)))
    return multiply(scales.at(channelOf(d)), fromZero)
  })
  return { x }
}
