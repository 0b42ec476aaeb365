import type { outputSize as spec } from '../../spec/cnn/output-size.ts'
import { fromData } from '../arithmetic/array.ts'
import { axisWindows } from '../layers/window.ts'
import type { Reference } from '../reference.ts'

/**
 * Number of positions of a window along one axis.
 *
 * Formula    count = ⌊(H + P_t + P_b − D (H' − 1) − 1) / S⌋ + 1;
 *            same: count = ⌈H / S⌉, P = max((count − 1) S + D (H' − 1) + 1 − H, 0),
 *            before = ⌊P / 2⌋, after = P − before
 * Clauses    cnn.conv2d.output-size-valid, cnn.conv2d.output-size-general, cnn.pad.same-size
 * Shapes     → count: [], before: [], after: []
 * Edges      pixels left over at the end are not seen
 * Source     Dumoulin and Visin (2016), relationships 6 and 15
 * Example    5 rows, kernel 3, stride 2, padding (1, 1) → 3
 */
export const outputSize: Reference<typeof spec> = (
  { exact },
  _,
  { size, kernel, stride, dilation, padding },
) => {
  const amounts = padding === 'valid' ? ([0, 0] as const) : padding
  const { before, padded, count } = axisWindows(size, kernel, stride, dilation, amounts)
  const scalar = (value: number) => fromData([], [exact(value)])
  return { count: scalar(count), before: scalar(before), after: scalar(padded - size - before) }
}
