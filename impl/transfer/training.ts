import * as tf from '@tensorflow/tfjs-core'
import type { trainHead as headSpec, finetune as spec } from '../../spec/transfer/training.ts'
import { biasGradient } from '../layers/bias.ts'
import { dense, denseWeightGradient } from '../layers/dense.ts'
import type { Fast } from '../operation.ts'
import { move, type Optimizer } from './freeze.ts'
import { gradients, type Network } from './network-backpropagation.ts'
import { meanLoss, scoreGradient } from './network-loss.ts'

/** The rows of the batch of a step, counted around. */
function batchOf(x: tf.Tensor, t: number, batch: number): tf.Tensor {
  const N = x.shape[0]!
  const rows = Array.from({ length: batch }, (_, b) => (t * batch + b) % N)
  return tf.gather(x, tf.tensor1d(rows, 'int32'))
}

/** Steps of descent on named arrays: those without a gradient stay the tensors that they are. */
function train<A extends Readonly<Record<string, tf.Tensor>>>(
  start: A,
  steps: number,
  optimizer: Optimizer,
  gradientsAt: (at: A, t: number) => { loss: tf.Tensor; byName: Record<string, tf.Tensor> },
) {
  let at = start
  const velocities: Record<string, tf.Tensor> = {}
  const losses: tf.Tensor[] = []
  for (let t = 0; t < steps; t++) {
    const { loss, byName } = gradientsAt(at, t)
    losses.push(loss)
    const next: Record<string, tf.Tensor> = {}
    for (const [name, gradient] of Object.entries(byName)) {
      const moved = move(at[name]!, gradient, velocities[name], optimizer)
      next[name] = moved.theta
      velocities[name] = moved.velocity
    }
    at = { ...at, ...next }
  }
  // What never moved is still the caller's tensor, which an answer must not be.
  const own = Object.fromEntries(Object.entries(at).map(([name, t]) => [name, tf.clone(t)])) as {
    [name in keyof A]: tf.Tensor
  }
  return { ...own, losses: tf.stack(losses) }
}

/**
 * Training of a linear head on descriptors.
 *
 * Clauses    transfer.features-equal-frozen-training
 * Fast by    two matrix products a step, everything on the device
 */
export const trainHead: Fast<typeof headSpec> = (
  { descriptors, targets, head, bias },
  { loss, steps, batch, ...optimizer },
) =>
  train({ head, bias }, steps, optimizer, (at, t) => {
    const [phi, wanted] = [batchOf(descriptors, t, batch), batchOf(targets, t, batch)]
    const z = dense(phi, at.head, at.bias)
    const e = scoreGradient(z, wanted, loss)
    const byName = { head: denseWeightGradient(phi, e), bias: biasGradient(e) }
    return { loss: meanLoss(z, wanted, loss), byName }
  })

/**
 * Training of a network of which the first layers are frozen.
 *
 * Clauses    transfer.features-equal-frozen-training, transfer.freeze
 * Fast by    no gradient at all below the lowest layer that is trained
 */
export const finetune: Fast<typeof spec> = (
  { x, targets, ...start },
  { loss, steps, batch, frozen, ...optimizer },
) =>
  train<{ [name in keyof Network]: tf.Tensor }>(start, steps, optimizer, (at, t) =>
    gradients(batchOf(x, t, batch), at, batchOf(targets, t, batch), loss, frozen),
  )
