import * as tf from '@tensorflow/tfjs-core'
import type {
  stageCosts as costsSpec,
  stageMemory as memorySpec,
  stageShapes as shapesSpec,
} from '../../spec/resnet/stages.ts'
import { count, counts, countsInRows } from '../layers/counts.ts'
import type { Fast } from '../operation.ts'

type Shape = [rows: number, columns: number, channels: number]

/** The shapes of all stages, as the library says that its convolutions leave them. */
function trace(first: Shape, stages: number, stride: number): Shape[] {
  const shapes = [first]
  while (shapes.length < stages) {
    const [H, W, C] = shapes.at(-1)!
    const filters: [number, number, number, number] = [3, 3, C, 2 * C]
    const { outShape } = tf.backend_util.computeConv2DInfo([1, H, W, C], filters, stride, 1, 1)
    shapes.push(outShape.slice(1) as Shape)
  }
  return shapes
}

/**
 * Shapes of the stages of a residual network.
 *
 * Clauses    resnet.downsample.stride2
 * By         asking the library what shape each convolution gives, one after the other
 */
export const stageShapes: Fast<typeof shapesSpec> = (_, { rows, columns, channels, stages }) => ({
  shapes: countsInRows(trace([rows, columns, channels], stages, 2)),
})

/**
 * Cost of a 3 × 3 convolution in each stage of a residual network.
 *
 * Clauses    resnet.stage.cost-constant
 * By         the convolution's description in the library: outputs times the weights of each
 */
export const stageCosts: Fast<typeof costsSpec> = (_, { rows, columns, channels, stages }) => {
  const layers = trace([rows, columns, channels], stages, 2).map(([H, W, C]) =>
    tf.backend_util.computeConv2DInfo([1, H, W, C], [3, 3, C, C], 1, 1, 1),
  )
  const perOutput = layers.map((it) => it.filterHeight * it.filterWidth * it.inChannels)
  return {
    multiplyAdds: counts(layers.map((it, s) => tf.util.sizeFromShape(it.outShape) * perOutput[s]!)),
    weights: counts(layers.map((it, s) => it.outChannels * perOutput[s]!)),
  }
}

/**
 * Activations of each stage of a residual network.
 *
 * Clauses    resnet.stage.memory-halves
 * By         counting the elements of an array of each shape
 */
export const stageMemory: Fast<typeof memorySpec> = (
  _,
  { rows, columns, channels, stages, halves },
) => {
  const shapes = trace([rows, columns, channels], stages, halves ? 2 : 1)
  const memory = shapes.map((shape) => tf.util.sizeFromShape(shape))
  return {
    memory: counts(memory),
    total: count(memory.reduce((sum, count) => sum + count)),
  }
}
