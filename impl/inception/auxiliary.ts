import * as tf from '@tensorflow/tfjs-core'
import type {
  trainingGradient as gradientSpec,
  inference as inferenceSpec,
  trainingLoss as lossSpec,
  totalLoss as totalSpec,
} from '../../spec/inception/auxiliary.ts'
import type { Fast } from '../operation.ts'

/** The matrix of one stage. */
function matrix(t: tf.Tensor, stage: number): tf.Tensor2D {
  return tf.squeeze(tf.slice(t, stage, 1), [0]) as tf.Tensor2D
}

/** The input and the features after each stage. */
function features(x: tf.Tensor, trunk: tf.Tensor, activation: 'linear' | 'tanh'): tf.Tensor2D[] {
  const all = [x as tf.Tensor2D]
  for (let stage = 0; stage < 3; stage++) {
    const response = tf.matMul<tf.Tensor2D>(all[stage]!, matrix(trunk, stage))
    all.push(activation === 'tanh' ? tf.tanh(response) : response)
  }
  return all
}

const miss = (h: tf.Tensor2D, heads: tf.Tensor, targets: tf.Tensor, stage: number) =>
  tf.sub(tf.matMul(h, matrix(heads, stage)), targets) as tf.Tensor2D

/**
 * Loss with auxiliary classifiers.
 *
 * Clauses    inception.aux.loss
 * Fast by    one sum of all auxiliary losses, weighted once
 */
export const totalLoss: Fast<typeof totalSpec> = ({ main, auxiliary }, { weight }) => {
  // The sum of [] is what the memory held before on WebAssembly, and an error on WebGPU.
  if (auxiliary.size === 0) return { loss: tf.clone(main) }
  return { loss: tf.add(main, tf.mul(weight, tf.sum(auxiliary))) }
}

/**
 * Loss of a trunk with two auxiliary classifiers.
 *
 * Clauses    inception.aux.loss
 * Fast by    one matrix product a stage and a classifier
 */
export const trainingLoss: Fast<typeof lossSpec> = (
  { x, trunk, heads, targets },
  { activation, weight },
) => {
  const [, ...h] = features(x, trunk, activation)
  const losses = h.map((at, s) => tf.mul(0.5, tf.sum(tf.square(miss(at, heads, targets, s)))))
  const [first, second, main] = losses as [tf.Tensor, tf.Tensor, tf.Tensor]
  return {
    loss: tf.add(main, tf.mul(weight, tf.add(first, second))),
    losses: tf.stack(losses),
  }
}

/**
 * Gradients of a trunk with two auxiliary classifiers.
 *
 * Clauses    inception.aux.gradient
 * Fast by    one way back through the trunk, on which every classifier joins
 */
export const trainingGradient: Fast<typeof gradientSpec> = (
  { x, trunk, heads, targets },
  { activation, weight },
) => {
  const h = features(x, trunk, activation)
  const dTrunk: tf.Tensor[] = []
  const dHeads: tf.Tensor[] = []
  let back: tf.Tensor2D | null = null
  for (let s = 2; s >= 0; s--) {
    const off = miss(h[s + 1]!, heads, targets, s)
    const e = s === 2 ? off : tf.mul<tf.Tensor2D>(weight, off)
    dHeads.unshift(tf.matMul(h[s + 1]!, e, true))
    const tapped = tf.matMul<tf.Tensor2D>(e, matrix(heads, s), false, true)
    const g: tf.Tensor2D = back === null ? tapped : tf.add<tf.Tensor2D>(tapped, back)
    const slope = tf.sub(1, tf.square(h[s + 1]!))
    const r: tf.Tensor2D = activation === 'tanh' ? tf.mul<tf.Tensor2D>(slope, g) : g
    dTrunk.unshift(tf.matMul(h[s]!, r, true))
    back = tf.matMul<tf.Tensor2D>(r, matrix(trunk, s), false, true)
  }
  return { dx: back!, dTrunk: tf.stack(dTrunk), dHeads: tf.stack(dHeads) }
}

/**
 * Answer of a network with auxiliary classifiers.
 *
 * Clauses    inception.aux.inference
 * Fast by    leaving the auxiliary classifiers alone
 */
export const inference: Fast<typeof inferenceSpec> = ({ x, trunk, heads }, { activation }) => ({
  z: tf.matMul(features(x, trunk, activation)[3]!, matrix(heads, 2)),
})
