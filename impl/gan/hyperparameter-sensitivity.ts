import * as tf from '@tensorflow/tfjs-core'
import type {
  diracSteps as spec,
  diracStability as stabilitySpec,
} from '../../spec/gan/hyperparameter-sensitivity.ts'
import type { Fast } from '../operation.ts'

/**
 * Gradient steps of a generator of one point and a discriminator with one weight.
 *
 * Clauses    gan.hyperparameter-sensitivity
 * Fast by    all games at once
 */
export const diracSteps: Fast<typeof spec> = ({ theta, psi }, { rate, penalty, steps, loss }) => {
  const after = { theta: [] as tf.Tensor[], psi: [] as tf.Tensor[] }
  let [th, ps] = [theta, psi]
  for (let t = 0; t < steps; t++) {
    const a = tf.mul(ps, th)
    const fooled = tf.sigmoid(a)
    const pull = loss === 'saturating' ? fooled : tf.sigmoid(tf.neg(a))
    const moved = tf.add(th, tf.mul(tf.mul(pull, rate), ps))
    ps = tf.sub(ps, tf.mul(tf.add(tf.mul(fooled, th), tf.mul(ps, penalty)), rate))
    th = moved
    after.theta.push(th)
    after.psi.push(ps)
  }
  return { theta: tf.stack(after.theta), psi: tf.stack(after.psi) }
}

/**
 * Spectral radius of steps of the Dirac-GAN, and the largest rate.
 *
 * Clauses    gan.hyperparameter-sensitivity
 * Fast by    both cases for all pairs at once, and a selection. The root of γ² − 1 is a product of two roots, which
 *            keeps its digits beside 1
 */
export const diracStability: Fast<typeof stabilitySpec> = ({ rate, penalty }) => {
  const turns = tf.lessEqual(penalty, 1)
  const halfRate = tf.mul(rate, 0.5)
  const determinant = tf.add(tf.sub(1, tf.mul(rate, penalty)), tf.square(halfRate))
  const root = tf.mul(tf.sqrt(tf.relu(tf.sub(penalty, 1))), tf.sqrt(tf.add(penalty, 1)))
  const s = tf.add(penalty, root)
  const stretch = tf.maximum(
    tf.abs(tf.sub(1, tf.mul(halfRate, s))),
    tf.abs(tf.sub(1, tf.div(halfRate, s))),
  )
  return {
    radius: tf.where(turns, tf.sqrt(tf.relu(determinant)), stretch),
    largestRate: tf.where(turns, tf.mul(penalty, 4), tf.div(4, s)),
  }
}
