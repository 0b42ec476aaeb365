import type { TransformSize } from './arithmetic.ts'
import { formats, type Precision, roundTo } from './precision.ts'
import type { AccuracyProfile } from './profile.ts'
import { normwiseConstant } from './transforms.ts'

/**
 * What one operation of an implementation may be off, whatever its operands are off by: what `bounded` and
 * `tape` charge.
 *
 * The unit roundoff is that of the implementation plus 2^-53, for the rounding of the reference itself;
 * 2^-126 (for float32) is added where a result may underflow, since it may be flushed to zero.
 *
 * @param overflow what is said of a sum that an implementation may hold for infinite
 */
export function localErrors(
  precision: Precision,
  profile: AccuracyProfile,
  overflow: () => number = () => Number.POSITIVE_INFINITY,
) {
  const { bits, operandBits, minNormal, max } = formats[precision]
  const ulp = 2 ** (1 - bits) + 2 ** -52
  const u = profile.rounding * ulp
  const largestWhole = 2 ** bits
  const largestWholeOperand = 2 ** operandBits
  // Rounding both operands of a product first, as TF32 does: (1 + v)² − 1.
  const v = operandBits === bits ? 0 : 2 ** -operandBits
  const operandRounding = 2 * v + v * v
  const productRounding = operandRounding + u + operandRounding * u

  return {
    max,
    minNormal,
    /** Whether a product with ±1 is the other factor, to the bit. */
    keepsFactors: v === 0,

    /** What an exactly known number is off in the format of the implementation. */
    held(value: number): number {
      if (Number.isNaN(value)) return 0
      if (value !== 0 && Math.abs(value) < minNormal) return Math.abs(value)
      return roundTo(precision, value) === value ? 0 : u * Math.abs(value)
    },

    /** What was returned may have been rounded once more, half a unit or what the profile allows, or flushed. */
    returned: (value: number): number =>
      Number.isFinite(value) ? (u / (1 - u)) * Math.abs(value) + minNormal : 0,

    /**
     * What the largest of several numbers may be off since another one is given in its place: both may be read as 0 and
     * compare as equal, and what was read is handed on as it was.
     */
    mistaken(largest: number, own: number, other: number, off: number): number {
      const size = Math.abs(largest)
      if (!(size - own < minNormal) || !(Math.abs(other) - off < minNormal)) return 0
      return Math.min(off + (largest - other), size + minNormal)
    },

    /** γ(n − 1) Σ|term|, in any order, and what may underflow on the way; Σ|term| with the errors of the terms. */
    sum(terms: number, magnitude: number, whole: boolean): number {
      if (terms <= 1 || (whole && magnitude <= largestWhole)) return 0
      const n = terms - 1
      if (n * u >= 1) return Number.POSITIVE_INFINITY
      const summed = ((n * u) / (1 - n * u)) * magnitude + n * minNormal
      // Some order may add up everything of one sign first.
      return magnitude + summed > max && Number.isFinite(magnitude) ? overflow() : summed
    },

    product: (size: number): number => size * productRounding + minNormal,

    /** Whether a product of whole numbers is whole in the format, too. */
    keepsWhole(x: number, y: number): boolean {
      const [a, b] = [Math.abs(x), Math.abs(y)]
      return a <= largestWholeOperand && b <= largestWholeOperand && a * b <= largestWhole
    },

    /** The reciprocal of a divisor beyond 1 / 2^-126 underflows, and the quotient may be 0. */
    quotient(size: number, divisor: number): number {
      const lost = divisor > 1 / minNormal ? size : 0
      return profile.divide(size, ulp) + minNormal + lost
    },

    root: (size: number): number => profile.sqrt(size, ulp) + minNormal,
    exponential: (x: number, size: number): number => profile.exp(x, size, ulp) + minNormal,
    tanh: (x: number, size: number): number => profile.tanh(x, size, ulp) + minNormal,

    // The accuracy depends on the argument, of which only the ends and the middle are tried.
    logarithm(x: number, e: number, size: number): number {
      const own = (at: number) => profile.log(at, size, ulp)
      return Math.max(own(x - e), own(x), own(x + e)) + minNormal
    },
    power(x: number, e: number, y: number, size: number): number {
      const own = (at: number) => profile.power(at, y, size, ulp)
      return Math.max(own(x - e), own(x), own(x + e)) + minNormal
    },

    /**
     * What is bounded by so many roundings of a norm. What is flushed to zero on the way is worth as much
     * as so many of the smallest numbers.
     */
    normwise(
      roundings: number,
      norm: number,
      apart: number | ((off: number) => number) = 0,
    ): number {
      const share = roundings * productRounding
      if (!(share < 1)) return Number.POSITIVE_INFINITY
      const off = (share / (1 - share)) * norm + roundings * minNormal
      return off + (typeof apart === 'number' ? apart : apart(off))
    },

    /** A response of a convolution by transforms of an image and a filter of these norms. */
    transformed([image, filter]: readonly [number, number], size: TransformSize): number {
      const share = normwiseConstant(size) * u
      // What underflows or overflows on the way is worth up to 512 times itself in the response.
      const [largest, products] = [512 * (image + filter + image * filter), size.channels]
      const lost = 512 * products * minNormal * (1 + largest)
      const own = (share / (1 - share)) * image * filter + lost
      return share < 1 && largest < max ? own : Number.POSITIVE_INFINITY
    },
  }
}

export type LocalErrors = ReturnType<typeof localErrors>

/**
 * For how many terms a sum counts in which so many are not 0. Of three and more, γ(n − 1) is at least 2u, which a sum
 * compensated as by Kahan may be off (Higham 2002, equation 4.8). Of two it is as good as any other unless a 0 comes
 * after them: that takes what was lost for a term, which is not exactly known where the second term is the larger.
 */
export function countedTerms(terms: number, zeros: boolean): number {
  return zeros && terms === 2 ? 3 : terms
}

/** The Euclidean norm of some magnitudes, in which each is as large as its error can make it. */
export function normOf(magnitudes: Iterable<number>): number {
  let squares = 0
  for (const size of magnitudes) squares += size ** 2
  return Math.sqrt(squares) * (1 + 2 ** -40)
}
