/** A number as it is compared: its value and the largest error that rounding can explain. */
export interface Reading {
  readonly value: number
  readonly error: number
}
