import * as tf from '@tensorflow/tfjs-core'
import type {
  scoreLossGradient as gradientSpec,
  scoreLoss as spec,
} from '../../spec/distillation/logit-imitation.ts'
import type { Fast } from '../operation.ts'

/**
 * Half the squared distance of the scores of a student from those of its teacher.
 *
 * Clauses    distillation.logit-imitation
 * Fast by    one sum over samples and classes
 */
export const scoreLoss: Fast<typeof spec> = ({ z, v }) => ({
  loss: tf.div(tf.mul(tf.sum(tf.square(tf.sub(z, v))), 0.5), z.shape[0]!),
})

/**
 * Gradients of the distance of the scores of a student from those of its teacher.
 *
 * Clauses    distillation.logit-imitation
 * Fast by    all samples at once
 */
export const scoreLossGradient: Fast<typeof gradientSpec> = ({ z, v, dLoss }) => {
  const dz = tf.mul(tf.sub(z, v), tf.div(dLoss, z.shape[0]!))
  return { dz, dv: tf.neg(dz) }
}
