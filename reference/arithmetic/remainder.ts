import {
  changeOfExponent,
  changeOfExponential,
  changeOfLogarithm,
  changeOfPower,
  changeOfProduct,
  changeOfQuotient,
  changeOfRoot,
  changeOfTanh,
} from './largest-change.ts'

/**
 * A function of numbers that are off by up to some e, expanded to first order:
 * f(x + δ) − f(x) = Σ_k slope_k δ_k + r with |r| ≤ remainder, and not more than `whole` altogether.
 */
export interface Expansion {
  readonly slopes: readonly number[]
  readonly remainder: number
  readonly whole: number
}

/** Where nothing can be said: a divisor that may be 0, an argument that may leave the domain. */
const open: Expansion = { slopes: [], remainder: Infinity, whole: Infinity }

// Covers the rounding of the closed forms themselves, a few operations of 2^-53 each.
const slack = 1 + 2 ** -40

/** xy: the remainder is the product of both errors. */
export function ofProduct(x: number, y: number, ex: number, ey: number): Expansion {
  return {
    slopes: [y, x],
    remainder: ex * ey * slack,
    whole: changeOfProduct(x, y, ex, ey) * slack,
  }
}

/** q = x / y: (δx − q δy) / (y + δy), and what that differs from (δx − q δy) / y. */
export function ofQuotient(x: number, y: number, ex: number, ey: number): Expansion {
  const change = changeOfQuotient(x, y, ex, ey)
  if (change === Number.POSITIVE_INFINITY) return open
  return {
    slopes: [1 / y, -(x / y) / y],
    remainder: change * (ey / Math.abs(y)) * slack,
    whole: change * slack,
  }
}

/** eˣ: e^δ − 1 − δ ≤ ½ e² e^e. */
export function ofExponential(x: number, e: number): Expansion {
  const value = Math.exp(x)
  // Where e is large, e^x may be 0 in double precision while e^(x + e) is not.
  const end = e < 1 ? value * Math.exp(e) : Math.exp(x + e)
  return {
    slopes: [value],
    remainder: 0.5 * e * e * end * slack,
    whole: changeOfExponential(x, e) * slack,
  }
}

/** ln x: |ln(1 + t) − t| ≤ ½ t² / (1 − t) for the relative error t, largest below x. */
export function ofLogarithm(x: number, e: number): Expansion {
  if (!(x - e > 0)) return open
  const t = e / x
  return {
    slopes: [1 / x],
    remainder: ((0.5 * t * t) / (1 - t)) * slack,
    whole: changeOfLogarithm(x, e) * slack,
  }
}

/** √x: √(x + δ) − √x = δ / (√x + √(x + δ)), which differs from δ / 2√x by δ² / 2√x (√x + √(x + δ))². */
export function ofRoot(x: number, e: number): Expansion {
  if (!(x - e >= 0)) return open
  const root = Math.sqrt(x)
  if (e === 0) return { slopes: [0.5 / root], remainder: 0, whole: 0 }
  const change = changeOfRoot(x, e)
  return {
    slopes: [0.5 / root],
    remainder: (change * change * slack) / (2 * root),
    whole: change * slack,
  }
}

/** tanh: the second derivative is at most 4 / 3√3 < 0.77 and changes by at most 2 for 1; the range is (−1, 1). */
export function ofTanh(x: number, e: number): Expansion {
  const t = Math.tanh(x)
  const slope = (1 - t) * (1 + t)
  if (e === 0) return { slopes: [slope], remainder: 0, whole: 0 }
  return {
    slopes: [slope],
    // t is off by 2^-53, and 1 − t² by twice that beside 1.
    remainder: 0.5 * Math.min(0.77, 2 * Math.abs(t) * slope + 2 * e) * e * e * slack + 2 ** -50 * e,
    whole: changeOfTanh(x, e) * slack,
  }
}

/**
 * xʸ = e^(y ln x), by η = y ln(1 + δx / x) + ln x δy + ln(1 + δx / x) δy in the exponent:
 * e^η − 1 − η ≤ ½ h² e^h for |η| ≤ h, and of η what is not linear.
 */
export function ofPower(x: number, y: number, ex: number, ey: number): Expansion {
  if (!(x - ex > 0)) return open
  const value = x ** y
  const t = ex / x
  const logarithm = Math.log(x)
  const h = changeOfExponent(x, y, ex, ey)
  const bent = (Math.abs(y) * 0.5 * t * t) / (1 - t) + changeOfLogarithm(x, ex) * ey
  // As with the exponential, xʸ may be 0 in double precision where its end is not.
  const end = h < 1 ? value * Math.exp(h) : Math.exp(y * logarithm + h)
  return {
    slopes: [(value * y) / x, value * logarithm],
    remainder: (0.5 * h * h * end + value * bent) * slack,
    whole: changeOfPower(x, y, ex, ey) * slack,
  }
}
