import { type Precision, roundTo } from '../../reference/arithmetic/precision.ts'

/** Where the elements of cases lie for a precision, so that giving them to an implementation rounds nothing. */
export interface Grid {
  readonly dtype: 'float32' | 'float64'
  readonly native: boolean
  round(value: number): number
}

export function gridOf(precision: Precision): Grid {
  switch (precision) {
    case 'float64':
      return { dtype: 'float64', native: true, round: (value) => value }
    case 'float32':
    case 'tf32':
      return { dtype: 'float32', native: true, round: Math.fround }
    default:
      return { dtype: 'float32', native: false, round: (value) => roundTo(precision, value) }
  }
}
