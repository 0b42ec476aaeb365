import * as tf from '@tensorflow/tfjs-core'
import type {
  modeCoverage as coverageSpec,
  bestResponse as spec,
} from '../../spec/gan/mode-collapse.ts'
import type { Fast } from '../operation.ts'
import { shares } from './optimal-discriminator.ts'
import { logComplement } from './value-function-logarithms.ts'

/**
 * Best response of a generator to a fixed discriminator.
 *
 * Clauses    gan.mode-collapse
 * Fast by    the losses of all points at once
 */
export const bestResponse: Fast<typeof spec> = ({ logits, generated }) => {
  const most = tf.max(logits)
  const given = tf.sum(tf.mul(shares(generated), logComplement(logits)))
  return {
    losses: tf.stack([given, logComplement(most)]),
    best: tf.cast(tf.equal(logits, most), 'float32'),
  }
}

/**
 * Modes that generated samples cover.
 *
 * Clauses    gan.mode-collapse
 * Fast by    a comparison of all samples with all modes
 */
export const modeCoverage: Fast<typeof coverageSpec> = ({ assigned }, { modes, least }) => {
  const places = tf.expandDims(tf.cast(assigned, 'float32'), 1)
  const counts = tf.sum(tf.cast(tf.equal(places, tf.range(0, modes)), 'float32'), 0)
  return { counts, covered: tf.sum(tf.cast(tf.greaterEqual(counts, least), 'float32')) }
}
