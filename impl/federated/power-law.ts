import * as tf from '@tensorflow/tfjs-core'
import type { powerLawSizes as spec } from '../../spec/federated/power-law.ts'
import type { Fast } from '../operation.ts'

/**
 * Numbers of points by a power law.
 *
 * Clauses    federated.power-law
 * Fast by    all clients at once; exponents are cut off beside what exceeds the most for certain
 */
export const powerLawSizes: Fast<typeof spec> = ({ draws }, { exponent, least, most }) => {
  const tail = exponent - 1
  const power = tf.minimum(tf.div(draws, tail), 1 + Math.log(most / least))
  const counts = tf.minimum(tf.floor(tf.mul(tf.exp(power), least)), most)
  return { counts, points: tf.sum(counts) }
}
