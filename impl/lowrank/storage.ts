import * as tf from '@tensorflow/tfjs-core'
import type { factorStorage as spec } from '../../spec/lowrank/storage.ts'
import { count } from '../layers/counts.ts'
import type { Fast } from '../operation.ts'

/**
 * Numbers that a truncated decomposition stores.
 *
 * Clauses    lowrank.storage
 * By         the shapes of the arrays that are kept
 */
export const factorStorage: Fast<typeof spec> = (_, { rows, columns, kept }) => {
  const size = tf.util.sizeFromShape
  const [left, right] = [size([rows, kept]), size([columns, kept])]
  return {
    whole: count(size([rows, columns])),
    factors: count(left + size([kept]) + right),
    absorbed: count(left + right),
  }
}
