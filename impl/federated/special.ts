import * as tf from '@tensorflow/tfjs-core'
import type {
  roundCosts as costSpec,
  parallelSgd as sgdSpec,
} from '../../spec/federated/special.ts'
import { count, counts as countsOf } from '../layers/counts.ts'
import type { Fast } from '../operation.ts'
import { inRows, rowsOf, summedGradients, weightedMean } from './client-update-model.ts'

/**
 * Parallel SGD.
 *
 * Clauses    federated.special.parallel-sgd
 * Fast by    two products for the gradients of all clients, and one for their mean
 */
export const parallelSgd: Fast<typeof sgdSpec> = (inputs, { rate, loss }) => {
  const { x, y, counts, batches } = inputs
  const [, K, B] = batches.shape as [number, number, number]
  const clients = tf.range(0, K, 1, 'float32')
  const has = tf.greater(counts, 0)
  const [xs, ys] = [inRows(x), inRows(y)]
  const rows = rowsOf(x.shape[1]!, { clients, counts, places: tf.transpose(batches, [1, 0, 2]) })
  let model = { w: inputs.w, b: inputs.b }
  const models = tf.unstack(rows, 1).map((batch) => {
    const copies = (theta: tf.Tensor) =>
      tf.tile(tf.expandDims(theta, 0), [K, ...theta.shape.map(() => 1)])
    const all = { w: copies(model.w), b: copies(model.b) }
    const g = summedGradients(all, tf.gather(xs, batch), tf.gather(ys, batch), loss)
    const moved = (theta: tf.Tensor, gradients: tf.Tensor) => {
      const shape = [K, ...theta.shape.map(() => 1)]
      // What clients without points have gathered is no number of theirs, and may be none at all.
      const own = tf.where(tf.reshape(has, shape), gradients, tf.zerosLike(gradients))
      return tf.sub(theta, tf.mul(weightedMean(tf.div(own, B), counts), rate))
    }
    model = { w: moved(model.w, g.w), b: moved(model.b, g.b) }
    return model
  })
  return { w: tf.stack(models.map(({ w }) => w)), b: tf.stack(models.map(({ b }) => b)) }
}

/**
 * Messages, gradients and rounds of FedAvg.
 *
 * Clauses    federated.communication-reduction
 * By         whole rounds, whose messages and gradients are multiplied
 */
export const roundCosts: Fast<typeof costSpec> = (
  _,
  { participants, steps, localSteps, batch },
) => {
  const rounds = Math.floor((steps + localSteps - 1) / localSteps)
  const load = participants * 2
  return {
    rounds: count(rounds),
    messages: count(rounds * load),
    gradients: count(rounds * participants * localSteps * batch),
    load: countsOf([load, 2]),
  }
}
