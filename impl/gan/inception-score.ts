import * as tf from '@tensorflow/tfjs-core'
import type { inceptionScore as spec } from '../../spec/gan/inception-score.ts'
import { shares } from '../layers/norm.ts'
import type { Fast } from '../operation.ts'

/** x ln y where x is above 0, and 0 elsewhere. */
function timesLogarithm(x: tf.Tensor, y: tf.Tensor): tf.Tensor {
  const isThere = tf.greater(x, 0)
  return tf.where(isThere, tf.mul(x, tf.log(tf.where(isThere, y, tf.onesLike(y)))), tf.zerosLike(x))
}

/**
 * Inception score of generated samples.
 *
 * Clauses    gan.eval.inception-score
 * Fast by    the divergences of all samples at once; rows are divided by their largest number first, so that no sum
 *            leaves the range; a single split deviates by 0 whatever its score is
 */
export const inceptionScore: Fast<typeof spec> = ({ probabilities }, { splits }) => {
  const [N, C] = probabilities.shape as [number, number]
  const weights = shares(probabilities, tf.max(probabilities, 1, true))
  const p = tf.div(weights, tf.sum(weights, 1, true))
  const first = (s: number) => Math.floor((s * N) / splits)
  const scores = tf.stack(
    Array.from({ length: splits }, (_, s) => {
      const rows = tf.slice(p, [first(s), 0], [first(s + 1) - first(s), C])
      const ratios = tf.div(rows, tf.mean(rows, 0, true))
      return tf.exp(tf.mean(tf.sum(timesLogarithm(rows, ratios), 1)))
    }),
  )
  const score = tf.mean(scores)
  if (splits === 1) return { scores, score: tf.stack([score, tf.zerosLike(score)]) }
  const deviation = tf.sqrt(tf.mean(tf.square(tf.sub(scores, score))))
  return { scores, score: tf.stack([score, deviation]) }
}
