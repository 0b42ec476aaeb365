import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, elementwise, type NumberArray, sum } from '../arithmetic/array.ts'
import { exponentials, softmax } from '../layers/softmax.ts'

/**
 * Numbers divided by the temperature, as products with its inverse, whose bounds cover quotients as well; at
 * temperature 1 as they are.
 */
export function overTemperature<T>(
  { divide, exact, multiply }: Arithmetic<T>,
  x: NumberArray<T>,
  temperature: number,
): NumberArray<T> {
  if (temperature === 1) return x
  const inverse = divide(exact(1), exact(temperature))
  return elementwise(x, (value) => multiply(value, inverse))
}

/** The softmax of scores at a temperature. */
export function probabilities<T>(
  arithmetic: Arithmetic<T>,
  z: NumberArray<T>,
  temperature: number,
): NumberArray<T> {
  return softmax(arithmetic, overTemperature(arithmetic, z, temperature))
}

/**
 * The logarithm of the softmax of scores at a temperature.
 *
 * Formula    z[n,c] / τ − m[n] − ln Σ_k e^(z[n,k] / τ − m[n]), m[n] the largest of z[n,k] / τ
 */
export function logarithms<T>(
  arithmetic: Arithmetic<T>,
  z: NumberArray<T>,
  temperature: number,
): NumberArray<T> {
  const { log, subtract } = arithmetic
  const heated = overTemperature(arithmetic, z, temperature)
  const { m, sums } = exponentials(arithmetic, heated)
  const logs = build(sums.shape, (n) => log(sums.at(n)))
  return build(z.shape, (n, c) => subtract(subtract(heated.at(n, c), m.at(n)), logs.at(n)))
}

/**
 * What r becomes behind a softmax p: p (r − Σ_k p_k r_k) of each sample. Its bounds cover p r − p Σ_k p_k r_k.
 */
export function throughSoftmax<T>(
  arithmetic: Arithmetic<T>,
  p: NumberArray<T>,
  r: NumberArray<T>,
): NumberArray<T> {
  const { multiply, subtract } = arithmetic
  const [N, C] = p.shape as [number, number]
  const means = build([N], (n) => sum(arithmetic, [C], (c) => multiply(p.at(n, c), r.at(n, c))))
  return build(p.shape, (n, c) => multiply(p.at(n, c), subtract(r.at(n, c), means.at(n))))
}
