import * as tf from '@tensorflow/tfjs-core'
import type { Calls } from './tfjs-calls.ts'

/** The mean log-likelihood of a batch whose samples have one target. */
const ofClass = (target: number, logits: tf.Tensor): tf.Tensor =>
  tf.neg(tf.losses.sigmoidCrossEntropy(tf.fill(logits.shape, target), logits))

const smoothed = (real: number, generated: number) => (onReal: tf.Tensor, onGenerated: tf.Tensor) =>
  tf.add(ofClass(real, onReal), ofClass(generated, onGenerated))
const crossEntropy = (targets: tf.Tensor) => (logits: tf.Tensor) =>
  tf.losses.sigmoidCrossEntropy(targets, logits) as tf.Tensor

const share = (weights: tf.Tensor) => tf.div(weights, tf.sum(weights))
const expected = (data: tf.Tensor, generated: tf.Tensor) => (logits: tf.Tensor) =>
  tf.add(
    tf.sum(tf.mul(share(data), tf.neg(tf.softplus(tf.neg(logits))))),
    tf.sum(tf.mul(share(generated), tf.neg(tf.softplus(logits)))),
  )

/** Both kinds of losses of a generator, a sample at a time. */
const saturating = (logits: tf.Tensor): tf.Tensor => tf.neg(tf.softplus(logits))
const nonSaturating = (logits: tf.Tensor): tf.Tensor => tf.softplus(tf.neg(logits))

/** In descending order: there is no other call that sorts. */
const sorted = (x: tf.Tensor): tf.Tensor => tf.topk(x, x.size).values

const estimate = (real: tf.Tensor, generated: tf.Tensor): tf.Tensor =>
  tf.sub(tf.mean(real), tf.mean(generated))

/** The objective and its losses, as users of TensorFlow.js write them. */
export const objectiveCalls: Calls = {
  'gan.discriminatorProbability': ({ logits }) => ({
    probability: tf.sigmoid(logits),
    complement: tf.sigmoid(tf.neg(logits)),
  }),
  'gan.value': ({ real, generated }) => {
    const [onReal, onGenerated] = [ofClass(1, real), ofClass(0, generated)]
    return { value: tf.add(onReal, onGenerated), onReal, onGenerated }
  },
  'gan.valueGradient': ({ real, generated, dValue }) => {
    const [dReal, dGenerated] = tf.grads(smoothed(1, 0))([real, generated], dValue)
    return { dReal: dReal!, dGenerated: dGenerated! }
  },
  'gan.smoothedValue': ({ real, generated }, { realTarget, generatedTarget }) => ({
    value: smoothed(realTarget, generatedTarget)(real, generated),
  }),
  'gan.smoothedValueGradient': ({ real, generated, dValue }, { realTarget, generatedTarget }) => {
    const of = tf.grads(smoothed(realTarget, generatedTarget))
    const [dReal, dGenerated] = of([real, generated], dValue)
    return { dReal: dReal!, dGenerated: dGenerated! }
  },
  'gan.expectedValue': ({ logits, data, generated }) => ({
    value: expected(data, generated)(logits),
  }),
  'gan.expectedValueGradient': ({ logits, data, generated, dValue }) => ({
    dLogits: tf.grad(expected(data, generated))(logits, dValue),
  }),
  'gan.binaryCrossEntropy': ({ logits, targets }) => ({ loss: crossEntropy(targets)(logits) }),
  'gan.binaryCrossEntropyGradient': ({ logits, targets, dLoss }) => ({
    dLogits: tf.grad(crossEntropy(targets))(logits, dLoss),
  }),
  'gan.generatorLosses': ({ logits, jacobian }) => {
    const slopes = [tf.grad(saturating)(logits), tf.grad(nonSaturating)(logits)] as const
    const [first, second] = slopes.map((slope) => tf.div(tf.dot(slope, jacobian), logits.size)) as [
      tf.Tensor,
      tf.Tensor,
    ]
    return {
      saturating: saturating(logits),
      nonSaturating: nonSaturating(logits),
      saturatingSlope: slopes[0],
      nonSaturatingSlope: slopes[1],
      saturatingGradient: first,
      nonSaturatingGradient: second,
    }
  },
  'gan.criticLoss': ({ real, generated }) => {
    const measured = estimate(real, generated)
    return { estimate: measured, critic: tf.neg(measured), generator: tf.neg(tf.mean(generated)) }
  },
  'gan.sampleDistance': ({ real, generated }) => ({
    distance: tf.mean(tf.abs(tf.sub(sorted(real), sorted(generated)))),
  }),
}
