import type { tconvOutputSize as spec } from '../../spec/gan/tconv-size.ts'
import { count } from '../layers/counts.ts'
import type { Fast } from '../operation.ts'

/**
 * Size of the result of a transposed convolution along one axis.
 *
 * Clauses    gan.tconv.output-size
 * By         the number of the last row that the last number of the input reaches
 */
export const tconvOutputSize: Fast<typeof spec> = (
  _,
  { size, kernel, stride, dilation, padding, outputPadding },
) => {
  const last = (size - 1) * stride + (kernel - 1) * dilation
  return { size: count(last + 1 + outputPadding - padding[0] - padding[1]) }
}
