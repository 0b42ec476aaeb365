import { formats, type Precision, roundTo } from '../../reference/arithmetic/precision.ts'
import { distributionsAtEnds } from '../arbitraries/distributions.ts'
import { float32Grid, type Grid } from '../arbitraries/fill.ts'

/** Where the elements of cases lie for a precision, so that giving them to an implementation rounds nothing. */
export function gridOf(precision: Precision): Grid {
  switch (precision) {
    case 'float64':
      return { dtype: 'float64', native: true, round: (value) => value }
    case 'float32':
    case 'tf32':
      return float32Grid
    default:
      return halfGrids[precision]
  }
}

const halfGrid = (precision: 'float16' | 'bfloat16'): Grid => ({
  dtype: 'float32',
  native: false,
  round: (value) => roundTo(precision, value),
  distributions: distributionsAtEnds(formats[precision]),
})

const halfGrids = {
  float16: { ...halfGrid('float16'), powers: [-20, 12] as const },
  bfloat16: halfGrid('bfloat16'),
}
