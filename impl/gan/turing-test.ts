import * as tf from '@tensorflow/tfjs-core'
import type {
  binomialTest as binomialSpec,
  bayesAccuracy as spec,
} from '../../spec/gan/turing-test.ts'
import type { Fast } from '../operation.ts'
import { shares } from './optimal-discriminator.ts'

/**
 * Accuracy of the best judge of real and generated samples.
 *
 * Clauses    gan.eval.turing-test
 * Fast by    the differences of all points at once
 */
export const bayesAccuracy: Fast<typeof spec> = ({ data, generated }) => {
  const apart = tf.sum(tf.abs(tf.sub(shares(data), shares(generated))))
  return { accuracy: tf.add(tf.mul(apart, 0.25), 0.5), variation: tf.mul(apart, 0.5) }
}

/**
 * The probability of each count or a larger one from guessing, in doubles: from the end on, so that small ones are
 * added first.
 */
function tails(n: number): Float32Array {
  const middle = Math.ceil(n / 2)
  const terms = new Float64Array(n + 1)
  let term = 1
  for (let i = 1; i <= middle; i++) term *= (2 * i - 1) / (2 * i)
  for (let k = middle; k <= n; k++) {
    terms[k] = term
    terms[n - k] = term
    term *= (n - k) / (k + 1)
  }
  const found = new Float32Array(n + 1)
  let sum = 0
  for (let k = n; k >= 0; k--) {
    sum += terms[k]!
    found[k] = sum
  }
  return found
}

/**
 * Exact binomial test of judges who may be guessing.
 *
 * Clauses    gan.eval.turing-test
 * Fast by    a table of the tails for each number of trials, in which all tests look at once
 */
export const binomialTest: Fast<typeof binomialSpec> = ({ right }, { trials }) => {
  const table = tf.tensor1d(tails(trials))
  const upper = (r: tf.Tensor) => tf.gather(table, tf.cast(r, 'int32') as tf.Tensor1D)
  const most = tf.maximum(right, tf.sub(trials, right))
  return { oneSided: upper(right), twoSided: tf.minimum(tf.mul(upper(most), 2), 1) }
}
