import type { generatorShapes as spec } from '../../spec/gan/dcgan.ts'
import { counts, countsInRows } from '../layers/counts.ts'
import type { Fast } from '../operation.ts'

/**
 * Shapes and parameters of a generator of transposed convolutions.
 *
 * Clauses    gan.dcgan.shapes
 * By         one pass over the layers, each of which takes the shape behind the one before
 */
export const generatorShapes: Fast<typeof spec> = (_, { noise, layers, ...start }) => {
  const units = start.rows * start.columns * start.channels
  let shape = [start.rows, start.columns, start.channels] as const
  const shapes: (typeof shape)[] = [shape]
  const perChannel = (bias: boolean, normalized: boolean) => Number(bias) + 2 * Number(normalized)
  const learned = [
    units * (noise + Number(start.bias)) + start.channels * perChannel(false, start.normalized),
  ]
  for (const layer of layers) {
    const last = layer.kernel - 1 + layer.outputPadding - 2 * layer.padding
    const [rows, columns, channels] = shape
    learned.push(
      layer.channels * (layer.kernel ** 2 * channels + perChannel(layer.bias, layer.normalized)),
    )
    shape = [
      (rows - 1) * layer.stride + last + 1,
      (columns - 1) * layer.stride + last + 1,
      layer.channels,
    ]
    shapes.push(shape)
  }
  return { shapes: countsInRows(shapes), parameters: counts(learned) }
}
