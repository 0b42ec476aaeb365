import * as tf from '@tensorflow/tfjs-core'
import type {
  trainingGradient as gradientSpec,
  inference as inferenceSpec,
  trainingLoss as lossSpec,
  totalLoss as totalSpec,
} from '../../spec/inception/auxiliary.ts'
import { dense, denseInputGradient, denseWeightGradient } from '../layers/dense.ts'
import { memberOf } from '../layers/stack.ts'
import { tanhSlope } from '../layers/tanh.ts'
import type { Fast } from '../operation.ts'

/** The input and the features after each stage. */
function features(x: tf.Tensor, trunk: tf.Tensor, activation: 'linear' | 'tanh'): tf.Tensor2D[] {
  const all = [x as tf.Tensor2D]
  for (let stage = 0; stage < 3; stage++) {
    const response = dense(all[stage]!, memberOf(trunk, stage), null)
    all.push(activation === 'tanh' ? tf.tanh(response) : response)
  }
  return all
}

const miss = (h: tf.Tensor2D, heads: tf.Tensor, targets: tf.Tensor, stage: number) =>
  tf.sub(dense(h, memberOf(heads, stage), null), targets) as tf.Tensor2D

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
    dHeads.unshift(denseWeightGradient(h[s + 1]!, e))
    const tapped = denseInputGradient(memberOf(heads, s), e)
    const g: tf.Tensor2D = back === null ? tapped : tf.add<tf.Tensor2D>(tapped, back)
    const r = activation === 'tanh' ? tf.mul(tanhSlope(h[s + 1]!), g) : g
    dTrunk.unshift(denseWeightGradient(h[s]!, r))
    back = denseInputGradient(memberOf(trunk, s), r)
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
  z: dense(features(x, trunk, activation)[3]!, memberOf(heads, 2), null),
})
