import * as tf from '@tensorflow/tfjs-core'
import type { symmetricScale as spec } from '../../spec/quantization/per-layer-scale.ts'
import type { Fast } from '../operation.ts'

/**
 * Scale of symmetric codes.
 *
 * Clauses    quantization.per-layer-scale.scale
 * Fast by    one reduction
 */
export const symmetricScale: Fast<typeof spec> = ({ w }, { bits, per }) => {
  const magnitudes = tf.abs(w)
  const largest = per === 'tensor' ? tf.reshape(tf.max(magnitudes), [1]) : tf.max(magnitudes, 0)
  const scales = tf.div(largest, 2 ** (bits - 1) - 1)
  return { scales: tf.where(tf.equal(largest, 0), 1, scales) }
}
