import type { Accumulator, Arithmetic } from './arithmetic.ts'
import { number } from './number.ts'

/** A number, and the roundings that it depends on. */
export interface Traced {
  readonly value: number
  readonly roundings: ReadonlySet<number>
}

/** A rounding reaches a number on more than one way, so that its errors may cancel there. */
export class SeveralWays extends Error {
  override readonly name = 'SeveralWays'
}

const none: ReadonlySet<number> = new Set()

/**
 * Arithmetic that throws `SeveralWays` where errors may cancel: where one rounding reaches a number on
 * several ways. Where none does, adjoints arrive at what errors carried forwards do, but for second order,
 * since the magnitude of a product of slopes is the product of their magnitudes.
 */
export function paths(): Arithmetic<Traced> {
  let roundings = 0

  const joined = (from: Iterable<Traced>): Set<number> => {
    const all = new Set<number>()
    for (const { roundings: those } of from) {
      for (const rounding of those) {
        if (all.has(rounding)) throw new SeveralWays(`rounding ${rounding} arrives more than once`)
        all.add(rounding)
      }
    }
    return all
  }
  const rounded = (value: number, ...from: readonly Traced[]): Traced => {
    const all = joined(from)
    return { value, roundings: all.add(roundings++) }
  }
  const total = (terms: Iterable<Traced>): Traced => {
    const all = [...terms]
    const value = all.reduce((sum, term) => sum + term.value, 0)
    return all.length === 0 ? { value, roundings: none } : rounded(value, ...all)
  }

  class Terms implements Accumulator<Traced> {
    readonly #terms: Traced[] = []

    add(term: Traced): void {
      this.#terms.push(term)
    }

    total(): Traced {
      return total(this.#terms)
    }
  }

  const negate = ({ value, roundings: those }: Traced): Traced => ({
    value: -value,
    roundings: those,
  })
  return {
    name: 'paths',
    exact: (value) => ({ value, roundings: none }),
    toNumber: ({ value }) => value,
    add: (x, y) => total([x, y]),
    subtract: (x, y) => total([x, negate(y)]),
    multiply: (x, y) => rounded(x.value * y.value, x, y),
    divide: (x, y) => rounded(x.value / y.value, x, y),
    negate,
    abs: (x) => (x.value < 0 ? negate(x) : x),
    total,
    accumulator: () => new Terms(),
    maximum: (terms) => ({
      value: number.maximum(terms.map(({ value }) => value)),
      roundings: joined(terms),
    }),
    exp: (x) => rounded(Math.exp(x.value), x),
    log: (x) => rounded(Math.log(x.value), x),
    sqrt: (x) => rounded(Math.sqrt(x.value), x),
    tanh: (x) => rounded(Math.tanh(x.value), x),
    power: (x, y) => rounded(x.value ** y.value, x, y),
    less: (x, y) => x.value < y.value,
    anyOf: (first) => first!(),
    normwise: (value) => rounded(value),
    allows: () => false,
  }
}
