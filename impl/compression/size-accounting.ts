import * as tf from '@tensorflow/tfjs-core'
import type { storedSize as spec } from '../../spec/compression/size-accounting.ts'
import { count } from '../layers/counts.ts'
import type { Fast } from '../operation.ts'

/**
 * Room that a model takes before and after it is compressed.
 *
 * Clauses    compression.size-accounting
 * By         counting in double precision, in which bits of any model are whole
 */
export const storedSize: Fast<typeof spec> = (_, parameters) => {
  const [before, after] = [parameters.before, parameters.after].map((arrays) => {
    let bits = 0
    for (const array of arrays) bits += array.numbers * array.bits
    return bits
  }) as [number, number]
  return {
    before: count(before),
    after: count(after),
    bytes: count(Math.floor((after + 7) / 8)),
    rate: tf.scalar(before / after),
  }
}
