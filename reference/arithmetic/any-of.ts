import type { Arithmetic } from './arithmetic.ts'
import { fromData, type NumberArray, sum } from './array.ts'

/** An array that practice computes in several algebraically equal ways, element by element. */
export function anyOf<T>(
  arithmetic: Arithmetic<T>,
  usual: () => NumberArray<T>,
  ...others: readonly (() => NumberArray<T>)[]
): NumberArray<T> {
  const { shape, data } = usual()
  const rest = others.map(once)
  return fromData(
    shape,
    data.map((x, at) => arithmetic.anyOf(() => x, ...rest.map((other) => () => other().data[at]!))),
  )
}

/** The mean over every index: the sum divided by the count, or the sum of everyone's share. */
export function mean<T>(
  arithmetic: Arithmetic<T>,
  ranges: readonly number[],
  term: (...index: number[]) => T,
): T {
  const { divide, exact } = arithmetic
  const count = exact(ranges.reduce((product, size) => product * size, 1))
  return arithmetic.anyOf(
    () => divide(sum(arithmetic, ranges, term), count),
    () => sum(arithmetic, ranges, (...at) => divide(term(...at), count)),
  )
}

/** Evaluated when it is first asked for, and only then. */
export function once<T>(evaluate: () => T): () => T {
  let known: { readonly value: T } | undefined
  return () => {
    known ??= { value: evaluate() }
    return known.value
  }
}
