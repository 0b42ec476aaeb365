import * as tf from '@tensorflow/tfjs-core'
import type { basicBlockLayers as spec } from '../../spec/resnet/basic.ts'
import { count, counts, countsInRows } from '../layers/counts.ts'
import type { Fast } from '../operation.ts'

type Shape = [number, number, number, number]

const size = (shape: readonly number[]) => tf.util.sizeFromShape([...shape])

/**
 * Shapes, weights and activations of a basic block.
 *
 * Clauses    resnet.basic-block
 * By         counting the elements of the filters and of every array on the way
 */
export const basicBlockLayers: Fast<typeof spec> = (_, { rows, columns, channels }) => {
  const filters: Shape = [3, 3, channels, channels]
  const arrays: Shape[] = [[1, rows, columns, channels]]
  const multiplyAdds: number[] = []
  while (arrays.length < 3) {
    const { outShape } = tf.backend_util.computeConv2DInfo(arrays.at(-1)!, filters, 1, 1, 1)
    arrays.push(outShape as Shape)
    multiplyAdds.push((size(outShape) / channels) * size(filters))
  }
  return {
    weights: counts([size(filters), size(filters)]),
    shapes: countsInRows(arrays.map((shape) => shape.slice(1))),
    multiplyAdds: counts(multiplyAdds),
    activations: count(arrays.reduce((sum, shape) => sum + size(shape), 0)),
  }
}
