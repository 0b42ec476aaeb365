import type { Argument } from '../../engine/property.ts'
import { changed } from '../../kit/arrays.ts'

/** Numbers on a grid and not too large, so that sums with small integers are exact in every precision. */
export const onGrid = (x: Argument, steps: number) =>
  changed(x, (v) => Math.round(steps * Math.max(-999, Math.min(999, v))) / steps)
