import * as tf from '@tensorflow/tfjs-core'
import type { basicBlockLayers as spec } from '../../spec/resnet/basic.ts'
import type { Fast } from '../operation.ts'

/**
 * Shapes, weights and activations of a basic block.
 *
 * Clauses    resnet.basic-block
 * By         allocating the filters and every array on the way, and counting their elements
 */
export const basicBlockLayers: Fast<typeof spec> = (_, { rows, columns, channels }) => {
  const filters = tf.zeros([3, 3, channels, channels]) as tf.Tensor4D
  const arrays = [tf.zeros([1, rows, columns, channels]) as tf.Tensor4D]
  const multiplyAdds: number[] = []
  while (arrays.length < 3) {
    const { outShape } = tf.backend_util.computeConv2DInfo(
      arrays.at(-1)!.shape,
      filters.shape,
      1,
      1,
      1,
    )
    arrays.push(tf.zeros(outShape))
    multiplyAdds.push((arrays.at(-1)!.size / channels) * filters.size)
  }
  return {
    weights: tf.tensor1d([filters.size, filters.size], 'int32'),
    shapes: tf.tensor2d(
      arrays.map(({ shape }) => shape.slice(1)),
      undefined,
      'int32',
    ),
    multiplyAdds: tf.tensor1d(multiplyAdds, 'int32'),
    activations: tf.scalar(
      arrays.reduce((sum, { size }) => sum + size, 0),
      'int32',
    ),
  }
}
