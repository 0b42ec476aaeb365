/**
 * The largest change of a function by errors of its operands, max |f(x + δ) − f(x)| over |δ| ≤ e; infinite
 * where a divisor may be 0 or an argument may leave the domain. Both arithmetics with bounds carry errors by
 * these: `bounded` by nothing else, `tape` where the largest change is less than what a slope leaves.
 */

/** Covers the rounding of an exponent of up to 1000, which the exponential multiplies. */
const ofExponents = 1 + 2 ** -40

/** xy: the product of both errors included. */
export function changeOfProduct(x: number, y: number, ex: number, ey: number): number {
  return Math.abs(x) * ey + Math.abs(y) * ex + ex * ey
}

/** q = x / y: (δx − q δy) / (y + δy). */
export function changeOfQuotient(x: number, y: number, ex: number, ey: number): number {
  const least = Math.abs(y) - ey
  return least > 0 ? (ex + Math.abs(x / y) * ey) / least : Number.POSITIVE_INFINITY
}

/** eˣ: e^(x + e) − e^x. Where e is large, e^x may be 0 in double precision while e^(x + e) is not. */
export function changeOfExponential(x: number, e: number): number {
  if (e === 0) return 0
  return e < 1 ? Math.exp(x) * Math.expm1(e) : Math.exp(x + e) * ofExponents
}

/** ln x: largest below x. */
export function changeOfLogarithm(x: number, e: number): number {
  return x - e > 0 ? -Math.log1p(-e / x) : Number.POSITIVE_INFINITY
}

/** √x − √(x − e) = e / (√x + √(x − e)); the root of a number that may be negative may be NaN. */
export function changeOfRoot(x: number, e: number): number {
  if (!(x - e >= 0)) return Number.POSITIVE_INFINITY
  return e === 0 ? 0 : e / (Math.sqrt(x) + Math.sqrt(x - e))
}

/**
 * tanh: the slope is largest nearest to 0, so that it is tanh(|x|) − tanh(|x| − e), or at most e across 0; and
 * never more than to the other end of the range (−1, 1).
 */
export function changeOfTanh(x: number, e: number): number {
  if (e === 0) return 0
  const [away, size] = [Math.abs(x), Math.abs(Math.tanh(x))]
  const change = away > e ? size - Math.tanh(away - e) + 2 ** -51 * size : e
  // A number that may be infinite may be the result of ∞ − ∞, and then NaN.
  return e === Number.POSITIVE_INFINITY ? e : Math.min(change, 1 + size)
}

/** xʸ = e^(y ln x): how far the exponent is off, |y| δ(ln x) + |ln x| δy + δ(ln x) δy. */
export function changeOfExponent(x: number, y: number, ex: number, ey: number): number {
  const off = changeOfLogarithm(x, ex)
  return (Math.abs(y) * off + Math.abs(Math.log(x)) * ey + off * ey) * ofExponents
}

/** xʸ for x > 0. As with the exponential, xʸ may be 0 in double precision where its end is not. */
export function changeOfPower(x: number, y: number, ex: number, ey: number): number {
  if (!(x - ex > 0)) return Number.POSITIVE_INFINITY
  const h = changeOfExponent(x, y, ex, ey)
  return h < 1 ? x ** y * Math.expm1(h) : Math.exp(y * Math.log(x) + h) * ofExponents
}
