import * as tf from '@tensorflow/tfjs-core'
import type { compressionRate as spec } from '../../spec/lowrank/compression-rate.ts'
import { count } from '../layers/counts.ts'
import type { Fast } from '../operation.ts'

/**
 * Compression rate of a truncated decomposition.
 *
 * Clauses    lowrank.compression-rate
 * By         dividing whole numbers in double precision, and rounding once
 */
export const compressionRate: Fast<typeof spec> = (_, { rows, columns, kept }) => {
  const whole = rows * columns
  // One triple of a left vector, a right vector and a singular value.
  const triple = rows + columns + 1
  return {
    rate: tf.scalar(whole / (kept * triple)),
    most: count(Math.floor((whole - 1) / triple)),
  }
}
