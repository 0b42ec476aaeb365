import * as tf from '@tensorflow/tfjs-core'
import type {
  binaryCrossEntropyGradient as gradientSpec,
  binaryCrossEntropy as spec,
} from '../../spec/gan/cross-entropy.ts'
import type { Fast } from '../operation.ts'
import { logComplement, logSigmoid } from './value-function-logarithms.ts'

/** −t ln σ(a) − (1 − t) ln σ(−a), in which nothing cancels while the target is from 0 to 1. */
export function crossEntropies(a: tf.Tensor, t: tf.Tensor | number): tf.Tensor {
  return tf.neg(tf.add(tf.mul(t, logSigmoid(a)), tf.mul(tf.sub(1, t), logComplement(a))))
}

/** Its slope by the logit. */
export const crossEntropySlopes = (a: tf.Tensor, t: tf.Tensor | number) =>
  tf.sub(tf.mul(tf.sub(1, t), tf.sigmoid(a)), tf.mul(t, tf.sigmoid(tf.neg(a))))

/**
 * Mean binary cross-entropy of targets with the sigmoid of logits.
 *
 * Clauses    gan.value.is-bce
 * Fast by    the losses of a batch at once
 */
export const binaryCrossEntropy: Fast<typeof spec> = ({ logits, targets }) => ({
  loss: tf.mean(crossEntropies(logits, targets)),
})

/**
 * Gradient of the mean binary cross-entropy by the logits.
 *
 * Clauses    gan.value.is-bce
 * Fast by    the slopes of a batch at once
 */
export const binaryCrossEntropyGradient: Fast<typeof gradientSpec> = ({
  logits,
  targets,
  dLoss,
}) => ({ dLogits: tf.mul(crossEntropySlopes(logits, targets), tf.div(dLoss, logits.size)) })
