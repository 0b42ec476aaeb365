import * as tf from '@tensorflow/tfjs-core'
import type { unitCosts as spec } from '../../spec/efficient/shufflenet.ts'
import { counts } from '../layers/counts.ts'
import type { Fast } from '../operation.ts'

/** The shape of the filters of a convolution in groups, as libraries hold them. */
const filters = (side: number, from: number, to: number, groups: number) => [
  side,
  side,
  from / groups,
  to,
]

/**
 * Multiply-adds of the units of ResNet, ResNeXt and ShuffleNet.
 *
 * Clauses    efficient.shufflenet.cost
 * By         the shapes of the filters of each unit: every weight is used once a pixel
 */
export const unitCosts: Fast<typeof spec> = (_, { rows, columns, channels, inside, groups }) => {
  const unit = (ends: number, middle: number) => [
    filters(1, channels, inside, ends),
    filters(3, inside, inside, middle),
    filters(1, inside, channels, ends),
  ]
  const weights = [unit(1, 1), unit(1, groups), unit(groups, inside)].map((shapes) =>
    shapes.reduce((count, shape) => count + tf.util.sizeFromShape(shape), 0),
  )
  return {
    multiplyAdds: counts(weights.map((count) => count * rows * columns)),
    weights: counts(weights),
  }
}
