import {
  type decodeHalf as decodeSpec,
  type encodeHalf as encodeSpec,
  halfFormats,
} from '../../spec/quantization/formats.ts'
import { elementwise } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'
import { nearestWhole } from './codes-nearest.ts'

/** The bit of the sign. */
const sign = 2 ** 15

/**
 * Conversion to a format of two bytes.
 *
 * Formula    e = max(e_min, ⌊log2 |x|⌋); code = 2^15 s + 2^f (e − e_min) + round(|x| / 2^(e − f))
 * Clauses    quantization.fp16-format.encode
 * Shapes     x: [P] → codes: [P]
 * Edges      too large → infinity; NaN → the quiet NaN; −0 keeps its sign
 * Source     IEEE 754-2019, sections 3.4 and 4.3.1
 * Example    float16: 1 → 0x3c00, 65504 → 0x7bff, 65520 → 0x7c00, 2^-25 → 0
 */
export const encodeHalf: Reference<typeof encodeSpec> = (arithmetic, { x }, { format }) => {
  const { abs, exact, less, toNumber } = arithmetic
  const { fraction: f, least, most } = halfFormats[format]
  const infinity = 2 ** f * (most - least + 2)

  const codes = elementwise(x, (element) => {
    const number = toNumber(element)
    const s = number < 0 || Object.is(number, -0) ? sign : 0
    const size = Math.abs(number)
    if (Number.isNaN(number)) return exact(infinity + 2 ** (f - 1))
    if (size >= 2 ** (most + 1)) return exact(s + infinity)
    // Where the device may take it for 0, the code is open.
    if (format === 'bfloat16' && size > 0 && !less(exact(0), abs(element))) return exact(s)

    const e = Math.max(least, Math.floor(Math.log2(size)))
    const steps = nearestWhole(arithmetic, exact(size / 2 ** (e - f)), 0, 2 ** (f + 1))
    return exact(s + 2 ** f * (e - least) + steps)
  })
  return { codes }
}

/**
 * Numbers of a format of two bytes.
 *
 * Formula    x = ± 2^(E − 1 + e_min) (1 + m / 2^f), and ± 2^e_min m / 2^f for E = 0
 * Clauses    quantization.fp16-format.decode, quantization.fp16-format.encode
 * Shapes     codes: [P] → x: [P]
 * Edges      E at its end: infinity for m = 0, else NaN
 * Source     IEEE 754-2019, section 3.4
 * Example    float16: 0x3c00 → 1, 0x0001 → 2^-24, 0xc000 → −2, 0x7c00 → ∞
 */
export const decodeHalf: Reference<typeof decodeSpec> = (
  { exact, toNumber },
  { codes },
  { format },
) => {
  const { fraction: f, least, most } = halfFormats[format]

  const x = elementwise(codes, (element) => {
    const code = toNumber(element)
    const s = code >= sign ? -1 : 1
    const E = Math.floor((code % sign) / 2 ** f)
    const m = code % 2 ** f
    if (E === 0) return exact(s * 2 ** least * (m / 2 ** f))
    if (E <= most - least + 1) return exact(s * 2 ** (E - 1 + least) * (1 + m / 2 ** f))
    return exact(m === 0 ? s * Number.POSITIVE_INFINITY : Number.NaN)
  })
  return { x }
}
