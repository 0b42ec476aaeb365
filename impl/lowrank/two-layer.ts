import * as tf from '@tensorflow/tfjs-core'
import type { twoLayersCost as costSpec, twoLayers as spec } from '../../spec/lowrank/two-layer.ts'
import { count } from '../layers/counts.ts'
import { dense } from '../layers/dense.ts'
import type { Fast } from '../operation.ts'

/**
 * Fully connected layer by its factors.
 *
 * Clauses    lowrank.two-layer
 * Fast by    two matrix products, the second of which reads the right vectors transposed
 */
export const twoLayers: Fast<typeof spec> = ({ x, U, S, V, bias }, { absorbed }) => {
  const left = absorbed === 'left' ? tf.mul(U, S) : U
  const right = (absorbed === 'right' ? tf.mul(V, S) : V) as tf.Tensor2D
  const before = dense(x, left, null)
  const between = absorbed === 'neither' ? tf.mul<tf.Tensor2D>(before, S) : before
  return { y: tf.add(tf.matMul(between, right, false, true), bias) }
}

/**
 * Multiply-adds of a fully connected layer and of the two in its place.
 *
 * Clauses    lowrank.two-layer
 * By         the shapes of the matrices, each of whose numbers meets every sample
 */
export const twoLayersCost: Fast<typeof costSpec> = (_, { samples, rows, columns, kept }) => {
  const size = tf.util.sizeFromShape
  const [left, right] = [size([samples, rows, kept]), size([samples, columns, kept])]
  return {
    whole: count(size([samples, rows, columns])),
    factors: count(left + size([samples, kept]) + right),
    absorbed: count(left + right),
    most: count(Math.floor((rows * columns - 1) / (rows + columns))),
  }
}
