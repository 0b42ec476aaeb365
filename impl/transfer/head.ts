import * as tf from '@tensorflow/tfjs-core'
import type { replaceHead as spec } from '../../spec/transfer/head.ts'
import { count, counts } from '../layers/counts.ts'
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
  const parameters = units.map((after) => {
    const elements = tf.util.sizeFromShape([before, after]) + tf.util.sizeFromShape([after])
    before = after
    return elements
  })
  const total = (some: readonly number[]) => some.reduce((sum, one) => sum + one, 0)
  return {
    units: counts(units),
    parameters: counts(parameters),
    frozen: count(total(parameters.slice(0, cut))),
    trainable: count(total(parameters.slice(cut))),
  }
}
