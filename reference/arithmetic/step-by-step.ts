import type { Accumulator, Arithmetic } from './arithmetic.ts'
import { number } from './number.ts'

/** How each step of a calculation is rounded, and in which order a sum is taken. */
export interface Steps {
  /** What a factor is rounded to before it is multiplied; nothing unless told otherwise. */
  readonly factor?: (x: number) => number
  /** What a product is rounded to; nothing where it is fused with the addition. */
  readonly product?: (x: number) => number
  /** What a sum is rounded to, after each addition. */
  readonly sum: (x: number) => number
  readonly order?: 'forwards' | 'backwards' | 'pairwise' | 'in eight lanes' | 'compensated'
}

/**
 * Arithmetic as a machine does it, one step after the other; each rounding is a function of the exact
 * result, as far as a double holds it. What is no sum or product stays a double.
 */
export function stepByStep({
  factor = (x) => x,
  product = (x) => x,
  sum,
  order = 'forwards',
}: Steps): Arithmetic<number> {
  const add = (x: number, y: number) => sum(x + y)
  const inTurn = (terms: readonly number[]) => terms.reduce(add, 0)
  const pairwise = (terms: readonly number[]): number => {
    if (terms.length < 3) return inTurn(terms)
    const half = terms.length >> 1
    return add(pairwise(terms.slice(0, half)), pairwise(terms.slice(half)))
  }
  const orders: Readonly<Record<typeof order, (terms: readonly number[]) => number>> = {
    forwards: inTurn,
    backwards: (terms) => terms.reduceRight(add, 0),
    pairwise,
    'in eight lanes': (terms) =>
      pairwise([0, 1, 2, 3, 4, 5, 6, 7].map((at) => inTurn(terms.filter((_, i) => i % 8 === at)))),
    // Kahan's: what an addition loses is taken from the next term.
    compensated: (terms) => {
      let [total, lost] = [0, 0]
      for (const term of terms) {
        const next = add(term, -lost)
        const after = add(total, next)
        lost = add(add(after, -total), -next)
        total = after
      }
      return total
    },
  }
  const total = (terms: Iterable<number>) => orders[order]([...terms])

  /** One step after the other: nothing has to be kept. */
  class Running implements Accumulator<number> {
    #total = 0

    add(term: number): void {
      this.#total = sum(this.#total + term)
    }

    addProduct(x: number, y: number): void {
      this.#total = sum(this.#total + product(factor(x) * factor(y)))
    }

    total(): number {
      return this.#total
    }
  }

  class Terms implements Accumulator<number> {
    readonly #terms: number[] = []

    add(term: number): void {
      this.#terms.push(term)
    }

    addProduct(x: number, y: number): void {
      this.#terms.push(product(factor(x) * factor(y)))
    }

    total(): number {
      return orders[order](this.#terms)
    }
  }

  return {
    ...number,
    add,
    subtract: (x, y) => add(x, -y),
    multiply: (x, y) => product(factor(x) * factor(y)),
    divide: (x, y) => product(x / y),
    total,
    accumulator: () => (order === 'forwards' ? new Running() : new Terms()),
  }
}

const word = new Float32Array(1)
const bits = new Int32Array(word.buffer)

/** The nearest number with so many digits, at most 24, ties to even. */
export function nearest(digits: number): (x: number) => number {
  if (digits === 24) return Math.fround
  const dropped = 24 - digits
  const half = 2 ** (dropped - 1)
  return (x) => {
    word[0] = x
    const odd = (bits[0]! >>> dropped) & 1
    bits[0] = ((bits[0]! + half - 1 + odd) >> dropped) << dropped
    return word[0]
  }
}

/** The next number with so many digits, at most 24, that is not further from zero. */
export function towardsZero(digits: number): (x: number) => number {
  const dropped = 24 - digits
  return (x) => {
    word[0] = x
    if (Math.abs(word[0]) > Math.abs(x)) bits[0] = bits[0]! - 1
    bits[0] = (bits[0]! >> dropped) << dropped
    return word[0]
  }
}
