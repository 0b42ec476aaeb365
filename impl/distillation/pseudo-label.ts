import * as tf from '@tensorflow/tfjs-core'
import type { pseudoLabels as spec } from '../../spec/distillation/pseudo-label.ts'
import { firstLargest } from '../layers/first.ts'
import type { Fast } from '../operation.ts'

/**
 * Targets from the predictions of an ensemble.
 *
 * Clauses    distillation.pseudo-label, distillation.soft-info
 * Fast by    all samples at once
 */
export const pseudoLabels: Fast<typeof spec> = ({ predictions }, { kind }) => {
  const average = tf.div(tf.sum(predictions, 0), predictions.shape[0]!)
  if (kind === 'soft') return { targets: average }
  // Not tf.oneHot, which refuses a single class.
  const labels = tf.expandDims(firstLargest(average), 1)
  const classes = tf.range(0, average.shape[1]!, 1, 'int32')
  return { targets: tf.cast(tf.equal(labels, classes), 'float32') }
}
