import type { Argument } from '../../engine/property.ts'
import { changed } from '../../kit/arrays.ts'

/** The indices of an axis that are no further from one than a radius. */
export const near = (at: number, radius: number, size: number) =>
  Array.from({ length: size }, (_, index) => index).filter((i) => Math.abs(i - at) <= radius)

/** Features between 1 and 2 in size, so that no sum of squares is 0. */
export const sized = (x: Argument) =>
  changed(x, (v) => (v < 0 ? -1 : 1) * (1 + Math.round(16 * (Math.abs(v) % 1)) / 16))
