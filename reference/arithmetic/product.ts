import type { Arithmetic } from './arithmetic.ts'

/** The product of one or more exactly known numbers, such as the sizes of which an array has elements. */
export function product<T>({ exact, multiply }: Arithmetic<T>, ...factors: readonly number[]): T {
  return factors.map(exact).reduce(multiply)
}
