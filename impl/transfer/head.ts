import * as tf from '@tensorflow/tfjs-core'
import type { replaceHead as spec } from '../../spec/transfer/head.ts'
import type { Fast } from '../operation.ts'

/**
 * Layers and parameters after the end of a network is replaced.
 *
 * Clauses    transfer.head.replace
 * By         counting the elements of the arrays that every layer takes
 */
export const replaceHead: Fast<typeof spec> = (_, { widths, cut, hidden, classes }) => {
  const behind = [...hidden, classes]
  const kept = widths.slice(1, cut + 1)
  const units = [...kept, ...behind]
  let before = widths[0]!
  const counts = units.map((after) => {
    const count = tf.util.sizeFromShape([before, after]) + tf.util.sizeFromShape([after])
    before = after
    return count
  })
  const total = (some: readonly number[]) => some.reduce((sum, count) => sum + count, 0)
  return {
    units: tf.tensor1d(units, 'int32'),
    parameters: tf.tensor1d(counts, 'int32'),
    frozen: tf.scalar(total(counts.slice(0, cut)), 'int32'),
    trainable: tf.scalar(total(counts.slice(cut)), 'int32'),
  }
}
