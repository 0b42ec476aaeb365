import * as tf from '@tensorflow/tfjs-core'
import type { brainDamage as spec } from '../../spec/pruning/obd-rounds.ts'
import type { Fast } from '../operation.ts'
import { keep } from './connection.ts'
import { diagonalOf, saliencyOf } from './obd-saliency.ts'

/**
 * Round of Optimal Brain Damage: deletion by saliency, then training.
 *
 * Clauses    pruning.obd.algorithm, pruning.obd.vs-magnitude
 * Fast by    the largest of the negative saliencies, of which equal ones come in the order of their
 *            indices, behind all that were removed before; one matrix product a step
 */
export const brainDamage: Fast<typeof spec> = (
  { matrix, minimum, weights, mask },
  { remove, steps, rate },
) => {
  const P = weights.shape[0]!
  const saliencies = keep(mask, saliencyOf(diagonalOf(matrix), weights))
  const left = withoutSmallest(saliencies, mask, Math.min(remove, P))
  const both = tf.add(matrix, tf.transpose(matrix)) as tf.Tensor2D
  const product = (H: tf.Tensor2D, off: tf.Tensor) =>
    tf.reshape(tf.matMul(H, tf.reshape(off, [P, 1]) as tf.Tensor2D), [P])

  let w = keep(left, weights)
  for (let t = 0; t < steps; t++) {
    const step = tf.mul(product(both, tf.sub(w, minimum)), rate / 2)
    w = keep(left, tf.sub(w, step))
  }
  const off = tf.sub(w, minimum)
  const loss = tf.mul(tf.sum(tf.mul(off, product(matrix as tf.Tensor2D, off))), 0.5)
  return { saliencies, mask: left, weights: w, loss }
}

/** The mask without the r smallest of the numbers that it keeps. */
function withoutSmallest(values: tf.Tensor, mask: tf.Tensor, r: number): tf.Tensor {
  if (r === 0) return mask.clone()
  const last = tf.fill(values.shape, Number.NEGATIVE_INFINITY)
  const { indices } = tf.topk(tf.where(tf.greater(mask, 0), tf.neg(values), last), r)
  const gone = tf.scatterND(tf.reshape(indices, [r, 1]), tf.ones([r]), [values.size])
  return keep(tf.sub(1, gone), mask)
}
