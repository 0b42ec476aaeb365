import * as tf from '@tensorflow/tfjs-core'
import type { studentStep as spec } from '../../spec/distillation/teacher-student.ts'
import { dense, denseWeightGradient } from '../layers/dense.ts'
import type { Fast } from '../operation.ts'
import { distribution } from './softmax-scores.ts'

/**
 * A step of a student that is taught by a larger network.
 *
 * Clauses    distillation.teacher-student
 * Fast by    the whole batch at once, with the exponentials of the loss for the gradient
 */
export const studentStep: Fast<typeof spec> = ({ x, v, weights, bias }, { rate, temperature }) => {
  const N = x.shape[0]!
  const teacher = distribution(v, temperature)
  const student = distribution(dense(x, weights, bias), temperature)
  const divergence = tf.sum(tf.mul(teacher.y, tf.sub(teacher.logs, student.logs)))
  const dz = tf.mul(tf.sub(student.y, teacher.y), temperature / N)
  return {
    loss: tf.mul(divergence, temperature ** 2 / N),
    weights: tf.sub(weights, tf.mul(denseWeightGradient(x, dz), rate)),
    bias: tf.sub(bias, tf.mul(tf.sum(dz, 0), rate)),
  }
}
