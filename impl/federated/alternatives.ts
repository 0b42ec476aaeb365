import * as tf from '@tensorflow/tfjs-core'
import type { alternativeAggregate as spec } from '../../spec/federated/alternatives.ts'
import type { Fast } from '../operation.ts'

/**
 * Aggregation that is unbiased over who takes part.
 *
 * Clauses    federated.aggregate.unbiased-alternatives
 * Fast by    one product of the counts with the models of each tensor
 */
export const alternativeAggregate: Fast<typeof spec> = (
  { w0, b0, w, b, counts, participants },
  { clients, rule },
) => {
  const M = participants.shape[0]!
  const own = tf.gather(counts, tf.cast(participants, 'int32'))
  const all = tf.sum(counts)
  const weighted = (models: tf.Tensor, shape: number[]) => {
    const flat = tf.reshape(models, [M, -1]) as tf.Tensor2D
    return tf.reshape(tf.matMul(tf.reshape(own, [1, M]) as tf.Tensor2D, flat), shape)
  }
  const next = (sent: tf.Tensor, models: tf.Tensor) => {
    switch (rule) {
      case 'scaled':
        return tf.div(tf.mul(tf.div(weighted(models, sent.shape), all), clients), M)
      case 'kept':
        return tf.add(sent, tf.div(weighted(tf.sub(models, sent), sent.shape), all))
      case 'plain':
        return tf.div(tf.sum(models, 0), M)
    }
  }
  return { w: next(w0, w), b: next(b0, b) }
}
