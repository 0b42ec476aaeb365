import type { Operation, Sizes } from '../../spec/language/operation.ts'
import type { Case } from '../arbitraries/case.ts'
import { pairsOf } from './pairs.ts'

/** What the cases of an operation covered, as plain data. */
export interface Covered {
  /** The pairs that were met, and those that were or that the plan of the run meets: base64, a bit each. */
  readonly pairsReached: string
  readonly pairs: string
  /** The largest size of each axis that is not derived. */
  readonly largestSizes: Readonly<Record<string, number>>
}

/** Counts what the cases of one operation cover. */
export class Coverage {
  readonly #reached: Uint8Array
  readonly #largest: Record<string, number> = {}
  readonly #axes: readonly string[]

  constructor(readonly operation: Operation) {
    this.#reached = new Uint8Array(pairsOf(operation).count)
    this.#axes = Object.entries(operation.dimensions).flatMap(([symbol, { kind }]) =>
      kind === 'derived' ? [] : [symbol],
    )
  }

  count(the: Case): void {
    pairsOf(this.operation).mark(the, this.#reached)
    for (const symbol of this.#axes) {
      this.#largest[symbol] = Math.max(this.#largest[symbol] ?? 0, the.sizes[symbol]!)
    }
  }

  covered(planned: Uint8Array | null): Covered {
    const reached = this.#reached
    return {
      pairsReached: packed(reached),
      pairs: packed(planned === null ? reached : reached.map((bit, i) => bit | planned[i]!)),
      largestSizes: { ...this.#largest } satisfies Sizes,
    }
  }
}

/** Bits, eight a byte, the first one lowest. */
function packed(bits: Uint8Array): string {
  const bytes = Buffer.alloc(Math.ceil(bits.length / 8))
  for (const [i, bit] of bits.entries()) bytes[i >> 3]! |= bit << (i & 7)
  return bytes.toString('base64')
}

/** How many bits are set in any of several rows of them. */
export function countOfAny(rows: readonly string[]): number {
  const all: number[] = []
  for (const row of rows) {
    for (const [i, byte] of Buffer.from(row, 'base64').entries()) all[i] = (all[i] ?? 0) | byte
  }
  let count = 0
  for (let byte of all) for (; byte > 0; byte >>= 1) count += byte & 1
  return count
}
