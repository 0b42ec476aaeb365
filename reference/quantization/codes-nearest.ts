import type { Arithmetic } from '../arithmetic/arithmetic.ts'

/** No code is as far from its zero point. */
const farAway = 2 ** 20

/** Below this, float32 may take a number for 0. */
export const leastNormal = 2 ** -126

/**
 * How many steps of a size s a number x is, both exactly known. By a power of two, division is exact in
 * every binary format; and so many steps that no code is as far away need not be told apart.
 */
export function stepsIn<T>({ divide, exact, toNumber }: Arithmetic<T>, x: T, s: T): T {
  const [number, size] = [toNumber(x), toNumber(s)]
  const isNormal = size >= leastNormal && (number === 0 || Math.abs(number) >= leastNormal)
  const steps = number / size
  if (isNormal && Math.abs(steps) >= farAway) return exact(Math.sign(steps) * farAway)
  return isNormal && isPowerOfTwo(size) ? exact(steps) : divide(x, s)
}

function isPowerOfTwo(size: number): boolean {
  return size === 2 ** Math.round(Math.log2(size))
}

/** How often a step goes into x, from `low` to `high` times: the nearest whole number, of two the even one. */
export function nearestWhole<T>(
  { exact, less, toNumber }: Arithmetic<T>,
  x: T,
  low: number,
  high: number,
  step = 1,
): number {
  const below = Math.min(high, Math.max(low, Math.floor(toNumber(x) / step + 0.5)))
  const isEven = below % 2 === 0
  // Where both ends of the step are decided, so is the number; at the ends of the range one is enough.
  if (below > low) {
    const half = exact((below - 0.5) * step)
    if (less(x, half) || (!isEven && !less(half, x))) return below - 1
  }
  if (below < high) {
    const half = exact((below + 0.5) * step)
    if (less(half, x) || (!isEven && !less(x, half))) return below + 1
  }
  return below
}

/** Up to this, whole numbers are exact in float32. */
const largestWhole = 2 ** 24

/**
 * s_a s_b y / s: a whole number y times two scales, by a third. Practice multiplies and divides in either
 * order. Where all factors are whole and the divisor is a power of two, none of them rounds.
 */
export function quotientOfWhole<T>(
  arithmetic: Arithmetic<T>,
  [a, b, y]: readonly [T, T, T],
  s: T,
): T {
  const { anyOf, divide, exact, multiply, toNumber } = arithmetic
  const [scaleA, scaleB, number, size] = [a, b, y, s].map(toNumber) as [
    number,
    number,
    number,
    number,
  ]
  const isWhole = Number.isInteger(scaleA) && Number.isInteger(scaleB)
  const product = scaleA * scaleB * number
  const isExact = isWhole && Math.abs(product) <= largestWhole && scaleA * scaleB <= largestWhole
  if (isExact && size >= 1 && size <= farAway && isPowerOfTwo(size)) return exact(product / size)
  return anyOf(
    () => divide(multiply(multiply(a, b), y), s),
    () => multiply(divide(multiply(a, b), s), y),
    // A quotient of two scales may be beyond the format where the product of all is not.
    () => multiply(multiply(a, divide(b, s)), y),
    () => multiply(multiply(divide(a, s), b), y),
  )
}
