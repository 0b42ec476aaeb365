import * as tf from '@tensorflow/tfjs-core'
import type { randomizedSvd as spec } from '../../spec/lowrank/randomized-svd.ts'
import { shares } from '../layers/norm.ts'
import { inSmallProducts } from '../layers/products.ts'
import type { Fast } from '../operation.ts'
import { decomposed } from './svd.ts'

type Matrix = tf.Tensor2D

/**
 * Randomized singular value decomposition.
 *
 * Clauses    lowrank.randomized-svd
 * Fast by    rotations of as many columns as there are test vectors, and products with the whole matrix beside them
 */
export const randomizedSvd: Fast<typeof spec> = ({ weights, test }, { powers }) =>
  inSmallProducts(() => {
    const scaleOf = (array: tf.Tensor) => {
      const largest = tf.max(tf.abs(array))
      return tf.where(tf.greater(largest, 0), largest, tf.onesLike(largest))
    }
    const scale = scaleOf(weights)
    const W = shares(weights as Matrix, scale)
    const turned = tf.transpose(W)
    const basis = (Y: tf.Tensor) => decomposed(Y as Matrix).U as Matrix
    let Q = basis(tf.matMul(W, shares(test as Matrix, scaleOf(test))))
    for (let q = 0; q < powers; q++) Q = basis(tf.matMul(W, basis(tf.matMul(turned, Q))))
    const { U, S, V } = decomposed(tf.matMul(Q, W, true))
    return { U: tf.matMul(Q, U as Matrix), S: tf.mul(S, scale), V }
  })
