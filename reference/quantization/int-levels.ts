import type { levels as spec } from '../../spec/quantization/int-levels.ts'
import { build } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/**
 * Codes of some bits.
 *
 * Formula    signed −2^(b−1) … 2^(b−1) − 1, unsigned 0 … 2^b − 1, narrow 1 − 2^(b−1) … 2^(b−1) − 1;
 *            count = largest − least + 1, compression = 32 / b
 * Clauses    quantization.int-levels.counts
 * Shapes     → least, largest, count, compression: []
 * Edges      one signed bit: −1 and 0
 * Source     Jacob et al. (2018), section 3
 * Example    4 signed bits → −8, 7, 16 codes, 8 times less room
 */
export const levels: Reference<typeof spec> = ({ divide, exact }, _, { bits, range }) => {
  const half = 2 ** (bits - 1)
  const least = { signed: -half, unsigned: 0, narrow: 1 - half }[range]
  const largest = { signed: half - 1, unsigned: 2 ** bits - 1, narrow: half - 1 }[range]
  return {
    least: build([], () => exact(least)),
    largest: build([], () => exact(largest)),
    count: build([], () => exact(largest - least + 1)),
    compression: build([], () => divide(exact(32), exact(bits))),
  }
}
