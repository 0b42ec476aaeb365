import * as tf from '@tensorflow/tfjs-core'
import type {
  divergenceGradient as gradientSpec,
  divergence as spec,
} from '../../spec/distillation/loss.ts'
import { throughSoftmax } from '../layers/softmax.ts'
import type { Fast } from '../operation.ts'
import { distribution } from './softmax-scores.ts'

/** ln ½ (e^a + e^b), the larger one taken out of the exponentials. */
function logOfMean(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  const larger = tf.maximum(a, b)
  const both = tf.add(tf.exp(tf.sub(a, larger)), tf.exp(tf.sub(b, larger)))
  return tf.add(larger, tf.log(tf.mul(both, 0.5)))
}

const expectation = (p: tf.Tensor, r: tf.Tensor) => tf.sum(tf.mul(p, r), 1)

/**
 * How far the probabilities of a student are from those of its teacher.
 *
 * Clauses    distillation.loss
 * Fast by    all samples at once
 */
export const divergence: Fast<typeof spec> = ({ z, v }, { measure }) => {
  const student = distribution(z, 1)
  const teacher = distribution(v, 1)
  const [p, q] = [teacher.y, student.y]
  if (measure === 'cross-entropy') return { divergence: tf.neg(expectation(p, student.logs)) }
  if (measure === 'kl') {
    return { divergence: expectation(p, tf.sub(teacher.logs, student.logs)) }
  }
  if (measure === 'squares') return { divergence: tf.sum(tf.square(tf.sub(p, q)), 1) }
  const m = logOfMean(teacher.logs, student.logs)
  const ofTeacher = expectation(p, tf.sub(teacher.logs, m))
  const ofStudent = expectation(q, tf.sub(student.logs, m))
  return { divergence: tf.mul(tf.add(ofTeacher, ofStudent), 0.5) }
}

/**
 * Gradients of how far a student is from its teacher.
 *
 * Clauses    distillation.loss
 * Fast by    what a softmax makes of a vector, and no matrix of derivatives
 */
export const divergenceGradient: Fast<typeof gradientSpec> = (
  { z, v, dDivergence },
  { measure },
) => {
  const student = distribution(z, 1)
  const teacher = distribution(v, 1)
  const [p, q] = [teacher.y, student.y]
  const g = tf.expandDims(dDivergence, 1)
  if (measure === 'squares') {
    const [miss, twice] = [tf.sub(q, p), tf.mul(g, 2)]
    return {
      dz: tf.mul(twice, throughSoftmax(q, miss)),
      dv: tf.mul(twice, throughSoftmax(p, tf.neg(miss))),
    }
  }
  if (measure === 'jensen-shannon') {
    const m = logOfMean(teacher.logs, student.logs)
    const half = tf.mul(g, 0.5)
    return {
      dz: tf.mul(half, throughSoftmax(q, tf.sub(student.logs, m))),
      dv: tf.mul(half, throughSoftmax(p, tf.sub(teacher.logs, m))),
    }
  }
  const r = measure === 'kl' ? tf.sub(teacher.logs, student.logs) : tf.neg(student.logs)
  return { dz: tf.mul(g, tf.sub(q, p)), dv: tf.mul(g, throughSoftmax(p, r)) }
}
