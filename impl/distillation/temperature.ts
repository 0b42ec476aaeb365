import * as tf from '@tensorflow/tfjs-core'
import type {
  distillationLossGradient as gradientSpec,
  distillationLoss as spec,
} from '../../spec/distillation/temperature.ts'
import { crossEntropyGradient, crossEntropyTerms } from '../layers/cross-entropy.ts'
import { throughSoftmax } from '../layers/softmax.ts'
import type { Fast } from '../operation.ts'
import { distribution } from './softmax-scores.ts'

/** Both distributions at the temperature, and by how much the student is surprised by each class. */
function softened(
  z: tf.Tensor,
  v: tf.Tensor,
  { temperature, divergence }: { readonly temperature: number; readonly divergence: string },
) {
  const teacher = distribution(v, temperature)
  const student = distribution(z, temperature)
  const certain = divergence === 'cross-entropy'
  const surprise = certain ? tf.neg(student.logs) : tf.sub(teacher.logs, student.logs)
  return { teacher, student, surprise }
}

/**
 * Loss of a student that learns from its teacher and from targets.
 *
 * Clauses    distillation.temperature
 * Fast by    one sum over samples and classes for either part
 */
export const distillationLoss: Fast<typeof spec> = ({ z, v, targets }, parameters) => {
  const { share, temperature } = parameters
  const { teacher, surprise } = softened(z, v, parameters)
  const ofTeacher = tf.mul(tf.sum(tf.mul(teacher.y, surprise)), share * temperature ** 2)
  const ofTargets = tf.mul(tf.sum(crossEntropyTerms(z, targets)), 1 - share)
  return { loss: tf.div(tf.add(ofTeacher, ofTargets), z.shape[0]!) }
}

/**
 * Gradients of the loss of a student that learns from its teacher and from targets.
 *
 * Clauses    distillation.temperature
 * Fast by    the difference of both distributions, and no matrix of derivatives
 */
export const distillationLossGradient: Fast<typeof gradientSpec> = (
  { z, v, targets, dLoss },
  parameters,
) => {
  const { share, temperature } = parameters
  const { teacher, student, surprise } = softened(z, v, parameters)
  const g = tf.div(dLoss, z.shape[0]!)
  const ofTeacher = share * temperature
  const missed = tf.mul(tf.sub(student.y, teacher.y), ofTeacher)
  const wrong = tf.mul(crossEntropyGradient(z, targets), 1 - share)
  const logs = distribution(z, 1).logs
  return {
    dz: tf.mul(g, tf.add(missed, wrong)),
    dv: tf.mul(g, tf.mul(throughSoftmax(teacher.y, surprise), ofTeacher)),
    dTargets: tf.mul(g, tf.mul(logs, share - 1)),
  }
}
