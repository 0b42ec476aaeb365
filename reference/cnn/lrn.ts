import type { lrnAcross as acrossSpec, lrnWithin as withinSpec } from '../../spec/cnn/lrn.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, elementwise, type NumberArray } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/** For a feature, the places [i, j, k] of the features of its window or group. */
export type Neighbours = (
  i: number,
  j: number,
  k: number,
) => readonly (readonly [number, number, number])[]

const between = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, offset) => from + offset)

/** The n × n window around a place in its own channel, as far as the image goes. */
export function withinChannel(shape: readonly number[], radius: number): Neighbours {
  const [, H, W] = shape as [number, number, number]
  return onceForAll(shape, (i, j, k) =>
    between(Math.max(0, i - radius), Math.min(H - 1, i + radius)).flatMap((p) =>
      between(Math.max(0, j - radius), Math.min(W - 1, j + radius)).map((q) => [p, q, k] as const),
    ),
  )
}

/** The group of channels around a channel at its own place, as far as there are channels. */
export function acrossChannels(shape: readonly number[], radius: number): Neighbours {
  const K = shape[3]!
  return onceForAll(shape, (i, j, k) =>
    between(Math.max(0, k - radius), Math.min(K - 1, k + radius)).map((q) => [i, j, q] as const),
  )
}

/** The same places for every image, found for the first. */
function onceForAll([, , W, K]: readonly number[], neighbours: Neighbours): Neighbours {
  const found: ReturnType<Neighbours>[] = []
  return (i, j, k) => {
    const place = (i * W! + j) * K! + k
    found[place] ??= neighbours(i, j, k)
    return found[place]!
  }
}

/** s = κ + α Σ x² over the neighbours of each feature, or κ and every α x² in one sum. */
export function energies<T>(
  { add, anyOf, exact, multiply, total }: Arithmetic<T>,
  x: NumberArray<T>,
  neighbours: Neighbours,
  kappa: number,
  alpha: number,
): NumberArray<T> {
  const squares = elementwise(x, (value) => multiply(value, value))
  return build(x.shape, (n, i, j, k) => {
    const around = neighbours(i!, j!, k!).map(([p, q, c]) => squares.at(n!, p, q, c))
    const weighed = () => around.map((square) => multiply(exact(alpha), square))
    return anyOf(
      () => add(exact(kappa), multiply(exact(alpha), total(around))),
      () => total([exact(kappa), ...weighed()]),
    )
  })
}

/**
 * s^-β of a feature, as it multiplies another number: divided by the power, or multiplied by the power of
 * the negative exponent; the power may be e^(β ln s) as well, or 2^(β log₂ s), whose bound is the same.
 */
export function damp<T>(
  { anyOf, divide, exact, exp, log, multiply, power }: Arithmetic<T>,
  x: T,
  s: T,
  beta: number,
): T {
  return anyOf(
    () => divide(x, power(s, exact(beta))),
    () => multiply(x, power(s, exact(-beta))),
    () => divide(x, exp(multiply(exact(beta), log(s)))),
    () => multiply(x, exp(multiply(exact(-beta), log(s)))),
  )
}

interface Constants {
  readonly kappa: number
  readonly alpha: number
  readonly beta: number
}

function normalize<T>(
  arithmetic: Arithmetic<T>,
  x: NumberArray<T>,
  neighbours: Neighbours,
  { kappa, alpha, beta }: Constants,
): NumberArray<T> {
  const s = energies(arithmetic, x, neighbours, kappa, alpha)
  return build(x.shape, (n, i, j, k) =>
    damp(arithmetic, x.at(n!, i!, j!, k!), s.at(n!, i!, j!, k!), beta),
  )
}

/**
 * Local response normalization within a channel.
 *
 * Formula    y[n,i,j,k] = x[n,i,j,k] / (κ + α Σ x[n,p,q,k]² over |p − i| ≤ r, |q − j| ≤ r)^β
 * Clauses    cnn.lrn.within-channel, cnn.lrn.light-invariance
 * Shapes     x: [N, H, W, K] → y: [N, H, W, K]
 * Edges      windows end at the border; κ = 0 asks for a feature that is not 0 in every window
 * Source     Jia et al. (2014), the LRN layer of Caffe, with α for its α / n²
 * Example    x = [[1, 2]], one channel, r = 1, κ = α = β = 1 → y = [[1/6, 1/3]]
 */
export const lrnWithin: Reference<typeof withinSpec> = (arithmetic, { x }, parameters) => ({
  y: normalize(arithmetic, x, withinChannel(x.shape, parameters.radius), parameters),
})

/**
 * Local response normalization across channels.
 *
 * Formula    y[n,i,j,k] = x[n,i,j,k] / (κ + α Σ x[n,i,j,q]² over |q − k| ≤ r)^β
 * Clauses    cnn.lrn.across-channel, cnn.lrn.light-invariance
 * Shapes     x: [N, H, W, K] → y: [N, H, W, K]
 * Edges      groups end at the first and the last channel; κ = 0 asks for a feature that is not 0 in
 *            every group
 * Source     Krizhevsky, Sutskever, Hinton (2012), section 3.3
 * Example    x = 1, 2, 3 in three channels, r = 1, κ = α = β = 1 → y = 1/6, 2/15, 3/14
 */
export const lrnAcross: Reference<typeof acrossSpec> = (arithmetic, { x }, parameters) => ({
  y: normalize(arithmetic, x, acrossChannels(x.shape, parameters.radius), parameters),
})
