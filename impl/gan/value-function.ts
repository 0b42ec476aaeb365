import * as tf from '@tensorflow/tfjs-core'
import type {
  expectedValueGradient as expectedGradientSpec,
  expectedValue as expectedSpec,
  valueGradient as gradientSpec,
  value as spec,
} from '../../spec/gan/value-function.ts'
import type { Fast } from '../operation.ts'
import { logComplement, logSigmoid } from './value-function-logarithms.ts'

/**
 * Value of a generator and a discriminator on batches.
 *
 * Clauses    gan.value-function
 * Fast by    the logarithms of a batch at once
 */
export const value: Fast<typeof spec> = ({ real, generated }) => {
  const onReal = tf.mean(logSigmoid(real))
  const onGenerated = tf.mean(logComplement(generated))
  return { value: tf.add(onReal, onGenerated), onReal, onGenerated }
}

/**
 * Gradient of the value by the logits of batches.
 *
 * Clauses    gan.value-function
 * Fast by    a sigmoid of a batch at once; of the negative logit, which keeps the digits that 1 − D loses
 */
export const valueGradient: Fast<typeof gradientSpec> = ({ real, generated, dValue }) => ({
  dReal: tf.mul(tf.sigmoid(tf.neg(real)), tf.div(dValue, real.size)),
  dGenerated: tf.mul(tf.sigmoid(generated), tf.div(dValue, -generated.size)),
})

const expectation = (weights: tf.Tensor, values: tf.Tensor) =>
  tf.div(tf.sum(tf.mul(weights, values)), tf.sum(weights))

/**
 * Value of a generator and a discriminator on finitely many points.
 *
 * Clauses    gan.value-function
 * Fast by    the logarithms of all points at once
 */
export const expectedValue: Fast<typeof expectedSpec> = ({ logits, data, generated }) => ({
  value: tf.add(
    expectation(data, logSigmoid(logits)),
    expectation(generated, logComplement(logits)),
  ),
})

/**
 * Gradient of the value by the logits at finitely many points.
 *
 * Clauses    gan.value-function
 * Fast by    both sigmoids of all points at once
 */
export const expectedValueGradient: Fast<typeof expectedGradientSpec> = ({
  logits,
  data,
  generated,
  dValue,
}) => {
  const up = tf.div(tf.mul(data, tf.sigmoid(tf.neg(logits))), tf.sum(data))
  const down = tf.div(tf.mul(generated, tf.sigmoid(logits)), tf.sum(generated))
  return { dLogits: tf.mul(tf.sub(up, down), dValue) }
}
