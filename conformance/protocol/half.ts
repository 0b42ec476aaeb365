import { type Precision, roundTo } from '../../reference/arithmetic/precision.ts'

/** The formats of two bytes. */
export const halves = ['float16', 'bfloat16'] as const
export type Half = (typeof halves)[number]

export function isHalf(precision: Precision): precision is Half {
  return precision === 'float16' || precision === 'bfloat16'
}

const scratch = new DataView(new ArrayBuffer(4))

/** The bits of a number of float32. */
function bits32(x: number): number {
  scratch.setFloat32(0, x)
  return scratch.getUint32(0)
}

/** The bits of a number that the format holds. */
function bitsOf(half: Half, x: number): number {
  const whole = bits32(x)
  const sign = (whole >>> 16) & 0x8000
  if (half === 'bfloat16') return Number.isNaN(x) ? sign | 0x7fc0 : whole >>> 16
  if (Number.isNaN(x)) return sign | 0x7e00
  const size = Math.abs(x)
  if (size === Number.POSITIVE_INFINITY) return sign | 0x7c00
  // Multiples of 2^-24 below the least normal number, 2^-14.
  if (size < 2 ** -14) return sign | (size * 2 ** 24)
  return sign | (((whole >>> 13) & 0x3ffff) - (112 << 10))
}

/** The number that some bits stand for. */
function numberOf(half: Half, bits: number): number {
  if (half === 'bfloat16') {
    scratch.setUint32(0, bits << 16)
    return scratch.getFloat32(0)
  }
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >>> 10) & 31
  const rest = bits & 1023
  if (exponent === 31) return rest === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  if (exponent === 0) return sign * rest * 2 ** -24
  return sign * (1 + rest / 1024) * 2 ** (exponent - 15)
}

/**
 * Numbers as the bits of a format of two bytes.
 *
 * @throws {RangeError} one of them is no number of the format, so that it would be rounded here
 */
export function toHalf(half: Half, numbers: ArrayLike<number>): Uint16Array {
  const bits = new Uint16Array(numbers.length)
  for (let i = 0; i < bits.length; i++) {
    const x = numbers[i]!
    if (!Object.is(roundTo(half, x), x)) throw new RangeError(`${x} is no number of ${half}`)
    bits[i] = bitsOf(half, x)
  }
  return bits
}

/** The numbers that the bits of a format of two bytes stand for. */
export function fromHalf(half: Half, bits: ArrayLike<number>): Float32Array {
  return Float32Array.from(bits, (one) => numberOf(half, one))
}
