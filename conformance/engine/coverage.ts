import type { Operation, Sizes } from '../../spec/language/operation.ts'
import type { Case } from '../arbitraries/case.ts'
import type { Shape } from '../arbitraries/factors.ts'
import { fromBase64, toBase64 } from '../base/base64.ts'
import { pairsOf } from './pairs.ts'

/** What the cases of an operation covered, as plain data. */
export interface Covered {
  /** The pairs that were met, and those that were or that the plan of the run meets: base64, a bit each. */
  readonly pairsReached: string
  readonly pairs: string
  /** Those that only cases had which the implementation does not take; none where it is left out. */
  readonly pairsDeclined?: string
  /** The largest size of each axis that is not derived. */
  readonly largestSizes: Readonly<Record<string, number>>
}

/** What was counted so far, as plain data. */
export interface CoverageState {
  readonly reached: Uint8Array
  readonly declined: Uint8Array
  readonly largest: Readonly<Record<string, number>>
}

/** Counts what the cases of one operation cover. */
export class Coverage {
  #reached: Uint8Array
  #declined: Uint8Array
  #largest: Record<string, number> = {}
  readonly #axes: readonly string[]

  constructor(readonly operation: Operation) {
    this.#reached = new Uint8Array(pairsOf(operation).count)
    this.#declined = new Uint8Array(this.#reached.length)
    this.#axes = Object.entries(operation.dimensions).flatMap(([symbol, { kind }]) =>
      kind === 'derived' ? [] : [symbol],
    )
  }

  get state(): CoverageState {
    const [reached, declined] = [this.#reached.slice(), this.#declined.slice()]
    return { reached, declined, largest: { ...this.#largest } }
  }

  set state({ reached, declined, largest }: CoverageState) {
    this.#reached = reached.slice()
    this.#declined = declined.slice()
    this.#largest = { ...largest }
  }

  count(the: Case): void {
    pairsOf(this.operation).mark(the, this.#reached)
    for (const symbol of this.#axes) {
      this.#largest[symbol] = Math.max(this.#largest[symbol] ?? 0, the.sizes[symbol]!)
    }
  }

  /** Notes the pairs of a case that the implementation does not take. */
  decline(the: Shape): void {
    pairsOf(this.operation).mark(the, this.#declined)
  }

  covered(planned: Uint8Array | null): Covered {
    const reached = this.#reached
    const declined = this.#declined.map((bit, i) => bit & ~reached[i]!)
    const pairs =
      planned === null ? reached : reached.map((bit, i) => bit | (planned[i]! & ~declined[i]!))
    return {
      pairsReached: packed(reached),
      pairs: packed(pairs),
      ...(declined.includes(1) && { pairsDeclined: packed(declined) }),
      largestSizes: { ...this.#largest } satisfies Sizes,
    }
  }
}

/** Bits, eight a byte, the first one lowest. */
function packed(bits: Uint8Array): string {
  const bytes = new Uint8Array(Math.ceil(bits.length / 8))
  for (let i = 0; i < bits.length; i++) bytes[i >> 3]! |= bits[i]! << (i & 7)
  return toBase64(bytes)
}

/** What several properties together covered of one operation: how many of its pairs. */
export function pairsIn(covered: readonly Covered[]) {
  const pairs = anyOf(covered.map((one) => one.pairs))
  const reached = anyOf(covered.map(({ pairsReached }) => pairsReached))
  const declined = anyOf(covered.map(({ pairsDeclined = '' }) => pairsDeclined)).map(
    (byte, i) => byte & ~(reached[i] ?? 0),
  )
  return {
    pairs: countOf(pairs.map((byte, i) => byte & ~(declined[i] ?? 0))),
    pairsReached: countOf(reached),
    pairsDeclined: countOf(declined),
  }
}

/** The bits, eight a number, that are set in any of several rows of them. */
function anyOf(rows: readonly string[]): readonly number[] {
  const all: number[] = []
  for (const row of rows) {
    for (const [i, byte] of fromBase64(row).entries()) all[i] = (all[i] ?? 0) | byte
  }
  return all
}

function countOf(bytes: readonly number[]): number {
  let count = 0
  for (let byte of bytes) for (; byte > 0; byte >>= 1) count += byte & 1
  return count
}
