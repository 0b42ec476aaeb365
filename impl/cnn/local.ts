import * as tf from '@tensorflow/tfjs-core'
import type { parameterCounts as countsSpec, patches as patchesSpec } from '../../spec/cnn/local.ts'
import { count } from '../layers/counts.ts'
import { patchesOf } from '../layers/window.ts'
import type { Fast } from '../operation.ts'

/**
 * Parameters of a layer: dense, local, shared.
 *
 * Clauses    cnn.local.param-reduction
 * By         the library's description of the convolution, whose weights and positions it counts
 */
export const parameterCounts: Fast<typeof countsSpec> = (
  _,
  { rows, columns, channels, kernelRows, kernelColumns, filters },
) => {
  const image: [number, number, number, number] = [1, rows, columns, channels]
  const bank: [number, number, number, number] = [kernelRows, kernelColumns, channels, filters]
  const { outShape } = tf.backend_util.computeConv2DInfo(image, bank, 1, 1, 'valid')
  const units = tf.util.sizeFromShape(outShape)
  const shared = tf.util.sizeFromShape(bank) + filters
  return {
    dense: count(units * (tf.util.sizeFromShape(image) + 1)),
    local: count((units / filters) * shared),
    shared: count(shared),
  }
}

/**
 * Windows of an image as columns.
 *
 * Clauses    cnn.local.depth-column
 * Fast by    one slice of the padded images a pixel of the kernel, side by side
 */
export const patches: Fast<typeof patchesSpec> = (
  { x },
  { kernelSize, strides, dilations, padding },
) => ({
  patches: patchesOf(x, kernelSize as [number, number], strides, dilations, padding),
})
