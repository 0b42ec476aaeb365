import * as tf from '@tensorflow/tfjs-core'
import type { convolutionMatrix as spec } from '../../spec/gan/conv-as-matrix.ts'
import type { Fast } from '../operation.ts'

/**
 * Matrix of a convolution.
 *
 * Clauses    gan.conv-as-matrix, gan.tconv.matrix-transpose
 * Fast by    one gather of the weights: every pixel under a window tells the places of its weights, and
 *            all other places take the zero behind the last weight
 */
export const convolutionMatrix: Fast<typeof spec> = (
  { filters },
  { imageSize, strides, dilations, padding, groups },
) => {
  const [H, W] = imageSize as [number, number]
  const [Hf, Wf, A, Q] = filters.shape as [number, number, number, number]
  const [top, bottom, left, right] = padding
  const positions = (size: number, around: number, kernel: number, axis: 0 | 1) =>
    Math.floor((size + around - dilations[axis] * (kernel - 1) - 1) / strides[axis]) + 1
  const Ho = positions(H, top + bottom, Hf, 0)
  const Wo = positions(W, left + right, Wf, 1)
  const [K, B] = [A * groups, Q / groups]
  const [rows, columns] = [Ho * Wo * Q, H * W * K]

  const places = new Int32Array(rows * columns).fill(Hf * Wf * A * Q)
  for (let i = 0; i < Ho; i++)
    for (let u = 0; u < Hf; u++) {
      const a = strides[0] * i + dilations[0] * u - top
      if (a < 0 || a >= H) continue
      for (let j = 0; j < Wo; j++)
        for (let v = 0; v < Wf; v++) {
          const b = strides[1] * j + dilations[1] * v - left
          if (b < 0 || b >= W) continue
          for (let q = 0; q < Q; q++)
            for (let k = 0; k < A; k++) {
              const column = (a * W + b) * K + Math.floor(q / B) * A + k
              places[((i * Wo + j) * Q + q) * columns + column] = ((u * Wf + v) * A + k) * Q + q
            }
        }
    }
  const weights = tf.concat([tf.reshape(filters, [-1]), tf.zeros([1])])
  return { matrix: tf.gather(weights, tf.tensor2d(places, [rows, columns], 'int32')) }
}
