import * as tf from '@tensorflow/tfjs-core'
import type { outputSize as spec } from '../../spec/cnn/output-size.ts'
import { count } from '../layers/counts.ts'
import { explicitPadding } from '../layers/window.ts'
import type { Fast } from '../operation.ts'

/**
 * Number of positions of a window along one axis.
 *
 * Clauses    cnn.conv2d.output-size-valid, cnn.conv2d.output-size-general, cnn.pad.same-size
 * By         asking the library what a convolution of one column would give
 */
export const outputSize: Fast<typeof spec> = (_, { size, kernel, stride, dilation, padding }) => {
  const pad =
    typeof padding === 'string' ? padding : explicitPadding([padding[0], padding[1], 0, 0])
  const { outHeight, padInfo } = tf.backend_util.computeConv2DInfo(
    [1, size, 1, 1],
    [kernel, 1, 1, 1],
    [stride, 1],
    [dilation, 1],
    pad,
    'floor',
  )
  return {
    count: count(outHeight),
    before: count(padInfo.top),
    after: count(padInfo.bottom),
  }
}
