import type { tconvOutputSize as spec } from '../../spec/gan/tconv-size.ts'
import { build } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/**
 * Size of the result of a transposed convolution along one axis.
 *
 * Formula    size = (H_o − 1)·S + D (H' − 1) + 1 − P_t − P_b + o
 * Clauses    gan.tconv.output-size
 * Shapes     → size: []
 * Edges      none
 * Source     Dumoulin and Visin (2016), relationship 14
 * Example    2 rows, kernel 3, stride 1, nothing cut off → 4
 */
export const tconvOutputSize: Reference<typeof spec> = (
  { exact },
  _,
  { size: Ho, kernel: Hf, stride: S, dilation: D, padding: [before, after], outputPadding: o },
) => ({ size: build([], () => exact((Ho - 1) * S + D * (Hf - 1) + 1 - before - after + o)) })
