import { Indeterminate } from './arithmetic.ts'

/** Whether x < y hangs on rounding; also where an error is not a number. Equal numbers without errors are decided. */
export function isUndecided(x: number, y: number, off: number): boolean {
  return off !== 0 && !(Math.abs(x - y) > off)
}

/** What a comparison throws that is open. */
export function undecided(x: number, y: number, off: number): Indeterminate {
  return new Indeterminate(`${x} < ${y} is open within ${off}`)
}
