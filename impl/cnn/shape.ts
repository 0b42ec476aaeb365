import type { pyramid as spec } from '../../spec/cnn/shape.ts'
import { count } from '../layers/counts.ts'
import type { Fast } from '../operation.ts'

/**
 * First layer of a network that breaks the pyramid.
 *
 * Clauses    cnn.shape.pyramid
 * Fast by    one pass that remembers the least sizes and the most channels so far
 */
export const pyramid: Fast<typeof spec> = (_, { layers }) => {
  let [rows, columns, channels, first] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0, -1]
  for (const [l, layer] of layers.entries()) {
    const convolution = layer.kind === 'convolution'
    if (
      layer.rows > rows ||
      layer.columns > columns ||
      (convolution && layer.channels < channels)
    ) {
      first = l
      break
    }
    rows = layer.rows
    columns = layer.columns
    if (convolution) channels = layer.channels
  }
  return { first: count(first) }
}
