import type { Arithmetic } from './arithmetic.ts'

/** The product of one or more exactly known numbers, such as the sizes of which an array has elements. */
export function product<T>({ exact, multiply }: Arithmetic<T>, ...factors: readonly number[]): T {
  return factors.map(exact).reduce(multiply)
}

/**
 * The product of any numbers, in any order, as far as overflow and underflow are concerned: no order has a larger
 * product on its way than that from the largest factor down, and none a smaller one than that from the smallest up.
 * Roundings are one fewer than there are factors in each. The empty product is 1.
 */
export function chain<T>(arithmetic: Arithmetic<T>, factors: readonly T[]): T {
  const { anyOf, exact, multiply, toNumber } = arithmetic
  const inTurn = (some: readonly T[]) => some.reduce(multiply, exact(1))
  const size = (factor: T) => Math.abs(toNumber(factor))
  const growing = () => factors.toSorted((x, y) => size(x) - size(y))
  return anyOf(
    () => inTurn(factors),
    () => inTurn(growing().reverse()),
    () => inTurn(growing()),
  )
}
