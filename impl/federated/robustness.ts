import * as tf from '@tensorflow/tfjs-core'
import type {
  krum as krumSpec,
  medianAggregate as spec,
  trimmedMean as trimmedSpec,
} from '../../spec/federated/robustness.ts'
import type { Fast } from '../operation.ts'

/** All numbers of all models, those of each place in a row of their own, the largest first. */
function descending(models: tf.Tensor): tf.Tensor2D {
  const M = models.shape[0]!
  const places = tf.transpose(tf.reshape(models, [M, -1]))
  return tf.topk(places, M).values as tf.Tensor2D
}

/** The mean of so many columns from the first one on, in the shape of a single model. */
function middle(models: tf.Tensor, first: number, count: number): tf.Tensor {
  const places = descending(models)
  const kept = tf.slice(places, [0, first], [places.shape[0], count])
  return tf.reshape(tf.div(tf.sum(kept, 1), count), models.shape.slice(1))
}

/**
 * Coordinate-wise median of models.
 *
 * Clauses    federated.robustness.median, federated.robustness.trimmed-mean
 * Fast by    one sort for all numbers of an array; the mean of the one or two in the middle
 */
export const medianAggregate: Fast<typeof spec> = ({ w, b }) => {
  const M = w.shape[0]!
  const median = (models: tf.Tensor) => middle(models, Math.ceil(M / 2) - 1, 2 - (M % 2))
  return { w: median(w), b: median(b) }
}

/**
 * Coordinate-wise trimmed mean of models.
 *
 * Clauses    federated.robustness.trimmed-mean, federated.robustness.mean-breakdown
 * Fast by    one sort for all numbers of an array
 */
export const trimmedMean: Fast<typeof trimmedSpec> = ({ w, b }, { trim }) => {
  const trimmed = (models: tf.Tensor) => middle(models, trim, models.shape[0]! - 2 * trim)
  return { w: trimmed(w), b: trimmed(b) }
}

/**
 * Krum and Multi-Krum: the models that are nearest to their neighbours.
 *
 * Clauses    federated.robustness.krum
 * Fast by    the distances of one model to all others at once. They are sums of squared differences: by a
 *            product of all models they would lose the digits of models that are alike
 */
export const krum: Fast<typeof krumSpec> = ({ w, b }, { attackers, kept }) => {
  const M = w.shape[0]!
  const rows = tf.concat([tf.reshape(w, [M, -1]), tf.reshape(b, [M, -1])], 1) as tf.Tensor2D
  const Q = rows.shape[1]
  const distances = Array.from({ length: M }, (_, m) =>
    tf.sum(tf.square(tf.sub(rows, tf.slice(rows, [m, 0], [1, Q]))), 1),
  )
  // A model is the nearest to itself, at the distance 0, which adds nothing.
  const nearest = tf.topk(tf.neg(tf.stack(distances)), M - attackers - 1).values
  const scores = tf.neg(tf.sum(nearest, 1))
  const best = tf.topk(tf.neg(scores), kept).indices as tf.Tensor1D
  const meanOf = (models: tf.Tensor) => tf.div(tf.sum(tf.gather(models, best), 0), kept)
  const places = tf.reshape(best, [kept, 1])
  const chosen = tf.scatterND(places, tf.ones([kept]), [M])
  return { w: meanOf(w), b: meanOf(b), scores, chosen }
}
