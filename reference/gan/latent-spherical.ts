import type { sphericalInterpolate as spec } from '../../spec/gan/latent-spherical.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, elementwise, type NumberArray, sumOfProducts } from '../arithmetic/array.ts'
import { norm } from '../layers/norm.ts'
import type { Reference } from '../reference.ts'

/**
 * Points on a great circle between two noise vectors.
 *
 * Formula    z_λ = w(1 − λ) z_1 + w(λ) z_2, w(λ) = sin(λΩ) / sin Ω, where w((λ + μ) / 2) = (w(λ) + w(μ)) / (2 cos((μ − λ)Ω / 2))
 *            and cos(Ω / 2) = √((1 + cos Ω) / 2) = ‖z_1 / ‖z_1‖ + z_2 / ‖z_2‖‖ / 2
 * Clauses    gan.latent-interpolation.spherical
 * Shapes     start, end: [Z] → noise: [Points, Z]
 * Edges      opposite directions, or a vector of zeros: w(λ) = λ
 * Source     Shoemake (1985); White (2016)
 * Example    z_1 = (1, 0), z_2 = (0, 1), one halving → (1, 0), (√½, √½), (0, 1)
 */
export const sphericalInterpolate: Reference<typeof spec> = (
  arithmetic,
  { start, end },
  { halvings },
) => {
  const { add, anyOf, exact, multiply } = arithmetic
  const divisors = hasAngle(arithmetic, start, end)
    ? twiceCosines(arithmetic, start, end, halvings)
    : line(arithmetic, halvings)
  const w = halved(arithmetic, [exact(0), exact(1)], divisors)
  const ways = start.data.map((z, j) => halved(arithmetic, [z, end.at(j)], divisors))
  return {
    noise: build([w.length, start.shape[0]!], (l, j) =>
      anyOf(
        () => add(multiply(w.at(-1 - l)!, start.at(j)), multiply(w[l]!, end.at(j))),
        () => ways[j]![l]!,
      ),
    ),
  }
}

/** Whether both vectors have a direction, and not opposite ones: exactly, since products of inputs are exact. */
function hasAngle<T>(
  { toNumber }: Arithmetic<T>,
  start: NumberArray<T>,
  end: NumberArray<T>,
): boolean {
  const [a, b] = [start.data.map(toNumber), end.data.map(toNumber)]
  if ([a, b].some((z) => z.every((x) => x === 0))) return false
  const isOnOneLine = a.every((x, i) => a.every((y, j) => x * b[j]! === y * b[i]!))
  return !(isOnOneLine && a.some((x, i) => x * b[i]! < 0))
}

/** The square of the cosine of half the angle, and that cosine: by that of the angle, or half the length of the sum of both directions. */
function halfOf<T>(arithmetic: Arithmetic<T>, start: NumberArray<T>, end: NumberArray<T>) {
  const { add, anyOf, divide, exact, multiply, sqrt } = arithmetic
  const direction = (z: typeof start) => {
    const length = norm(arithmetic, z)
    return elementwise(z, (x) => divide(x, length))
  }
  const [u, v] = [direction(start), direction(end)]
  const cosine = sumOfProducts(
    arithmetic,
    u.shape,
    (i) => u.at(i),
    (i) => v.at(i),
  )
  const square = multiply(exact(0.5), add(exact(1), cosine))
  const sum = build(u.shape, (i) => add(u.at(i), v.at(i)))
  const ofSum = () => multiply(exact(0.5), norm(arithmetic, sum))
  return { square, cosine: () => anyOf(() => sqrt(square), ofSum) }
}

/** Of a line, by which two neighbours are divided in between: 2 throughout. */
function line<T>({ exact }: Arithmetic<T>, halvings: number): readonly T[] {
  return Array.from({ length: halvings }, () => exact(2))
}

/** Twice the cosine of a half, a quarter, … of the angle. */
function twiceCosines<T>(
  arithmetic: Arithmetic<T>,
  start: NumberArray<T>,
  end: NumberArray<T>,
  halvings: number,
): readonly T[] {
  const { add, exact, less, multiply, sqrt } = arithmetic
  if (halvings === 0) return []
  const half = halfOf(arithmetic, start, end)
  // Nearly opposite directions: what is left is rounding.
  if (!less(exact(0), half.square)) return line(arithmetic, halvings)
  let c = half.cosine()
  const found = [multiply(exact(2), c)]
  for (let h = 1; h < halvings; h++) {
    c = sqrt(multiply(exact(0.5), add(exact(1), c)))
    found.push(multiply(exact(2), c))
  }
  return found
}

/** What is between two ends, from them inwards: the sum of two neighbours over a divisor. */
function halved<T>(
  { add, divide }: Arithmetic<T>,
  ends: readonly [T, T],
  divisors: readonly T[],
): readonly T[] {
  let found: readonly T[] = ends
  for (const divisor of divisors) {
    found = found.flatMap((x, l) => (l === 0 ? [x] : [divide(add(found[l - 1]!, x), divisor), x]))
  }
  return found
}
