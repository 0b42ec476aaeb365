import type { storedSize as spec } from '../../spec/compression/size-accounting.ts'
import { build } from '../arithmetic/array.ts'
import { product } from '../arithmetic/product.ts'
import type { Reference } from '../reference.ts'

/** Numbers of one width. */
interface Part {
  readonly numbers: number
  readonly bits: number
}

/**
 * Room that a model takes before and after it is compressed.
 *
 * Formula    before = Σ n b, after = Σ n′ b′, bytes = ⌈after / 8⌉, rate = before / after
 * Clauses    compression.size-accounting
 * Shapes     → before, after, bytes, rate: []
 * Edges      a model that has grown has a rate below 1
 * Source     Han, Mao, Dally (2016), table 1
 * Example    before 10 × 32; after 10 × 3 and 8 × 4 → 320, 62, 8 bytes, 320/62
 */
export const storedSize: Reference<typeof spec> = (arithmetic, _, { before, after }) => {
  const { divide, exact, total } = arithmetic
  const size = (parts: readonly Part[]) =>
    total(parts.map(({ numbers, bits }) => product(arithmetic, numbers, bits)))
  const bits = after.reduce((sum, part) => sum + part.numbers * part.bits, 0)
  return {
    before: build([], () => size(before)),
    after: build([], () => size(after)),
    bytes: build([], () => exact(Math.ceil(bits / 8))),
    rate: build([], () => divide(size(before), size(after))),
  }
}
