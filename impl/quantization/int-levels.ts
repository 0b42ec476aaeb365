import * as tf from '@tensorflow/tfjs-core'
import type { levels as spec } from '../../spec/quantization/int-levels.ts'
import { count } from '../layers/counts.ts'
import type { Fast } from '../operation.ts'

/**
 * Codes of some bits.
 *
 * Clauses    quantization.int-levels.counts
 * By         the count of all patterns, of which the narrow range leaves one out
 */
export const levels: Fast<typeof spec> = (_, { bits, range }) => {
  const patterns = 2 ** bits
  const kept = range === 'narrow' ? patterns - 1 : patterns
  const largest = range === 'unsigned' ? patterns - 1 : patterns / 2 - 1
  return {
    least: count(largest - kept + 1),
    largest: count(largest),
    count: count(kept),
    compression: tf.scalar(32 / bits),
  }
}
