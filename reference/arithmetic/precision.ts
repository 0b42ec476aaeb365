/** The formats in which an implementation may compute. */
export type Precision = 'float64' | 'float32' | 'tf32' | 'bfloat16' | 'float16'

export interface Format {
  /** Bits of the significand, the hidden one included; the unit roundoff is 2^-bits. */
  readonly bits: number
  /** Bits of the significand to which operands of products are rounded first. */
  readonly operandBits: number
  readonly minNormal: number
  readonly max: number
}

/** IEEE 754-2019, table 3.5; bfloat16 and TF32 as their makers document them. */
export const formats: Readonly<Record<Precision, Format>> = {
  float64: { bits: 53, operandBits: 53, minNormal: 2 ** -1022, max: Number.MAX_VALUE },
  float32: { bits: 24, operandBits: 24, minNormal: 2 ** -126, max: (2 - 2 ** -23) * 2 ** 127 },
  tf32: { bits: 24, operandBits: 11, minNormal: 2 ** -126, max: (2 - 2 ** -23) * 2 ** 127 },
  bfloat16: { bits: 8, operandBits: 8, minNormal: 2 ** -126, max: (2 - 2 ** -7) * 2 ** 127 },
  float16: { bits: 11, operandBits: 11, minNormal: 2 ** -14, max: 65504 },
}

/** The nearest number of a format, ties to even; subnormals included, infinity beyond the largest. */
export function roundTo(precision: Precision, x: number): number {
  if (precision === 'float64') return x
  if (precision === 'float32' || precision === 'tf32') return Math.fround(x)
  const { bits, minNormal, max } = formats[precision]
  if (x === 0 || !Number.isFinite(x)) return x
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(x))), Math.log2(minNormal))
  const step = 2 ** (exponent - bits + 1)
  const scaled = x / step
  const down = Math.floor(scaled)
  const rest = scaled - down
  const nearest = rest > 0.5 || (rest === 0.5 && down % 2 !== 0) ? down + 1 : down
  const rounded = Math.sign(x) * Math.abs(nearest * step)
  return Math.abs(rounded) > max ? Math.sign(x) * Number.POSITIVE_INFINITY : rounded
}
