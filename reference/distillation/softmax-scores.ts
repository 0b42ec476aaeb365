import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, elementwise, type NumberArray } from '../arithmetic/array.ts'
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
