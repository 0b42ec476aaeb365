import { type Arithmetic, Indeterminate } from './arithmetic.ts'

/** ⌈x⌉; open where x may lie on either side of a whole number. */
export function ceiling<T>({ exact, less, toNumber }: Arithmetic<T>, x: T): T {
  const n = Math.ceil(toNumber(x))
  if (!Number.isFinite(n)) throw new Indeterminate(`⌈${n}⌉`)
  if (less(exact(n), x)) return exact(n + 1)
  return less(exact(n - 1), x) ? exact(n) : exact(n - 1)
}
