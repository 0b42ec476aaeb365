import type { Accumulator } from './arithmetic.ts'
import { countedTerms, type LocalErrors } from './local-error.ts'
import type { TapeRecord } from './tape-record.ts'

/**
 * A number whose error is `slope` times that of a node of the tape, and up to `own` beside it.
 *
 * What is beside it may differ at each use: a product is rounded before one addition and fused into
 * another. As in `Bounded`, a sum stays open, and what adding up costs is charged when it is used.
 */
export class Taped {
  constructor(
    readonly value: number,
    /** −1 for a number without operands that are off. */
    readonly node: number,
    readonly slope: number,
    /** The rounding of the number itself; of an open sum, that of its terms. */
    readonly own: number,
    /** Σ |term|. */
    readonly magnitude: number,
    /** The sum of the errors of the terms, each as far as it was known when it was added. */
    readonly spread: number,
    /** How many terms that are not exactly zero. */
    readonly terms: number,
    /** Whether every term is exactly known and whole. */
    readonly whole: boolean,
  ) {}
}

/** The same number with the opposite sign. */
export function opposite(x: Taped): Taped {
  const { value, node, slope, own, magnitude, spread, terms, whole } = x
  return new Taped(-value, node, -slope, own, magnitude, spread, terms, whole)
}

/** Errors of terms are looked at more closely where they are more than this share of the terms. */
const worthASweep = 0.1

/** How products come about that enter a sum. */
interface Products {
  readonly errors: LocalErrors
  readonly multiply: (x: Taped, y: Taped) => Taped
}

/** Whether a number is exactly known, and one number rather than a sum of several. */
const isKnown = ({ node, own, terms }: Taped) => node < 0 && own === 0 && terms === 1

/** An open sum. It takes a node of its own when more than one of its terms has one. */
export class TapedSum implements Accumulator<Taped> {
  readonly #record: TapeRecord
  readonly #products: Products
  readonly #nodes: number[] = []
  readonly #slopes: number[] = []
  /** What is one number, so that a sweep may lower its error. */
  readonly #numbers: Taped[] = []
  #value = 0
  #own = 0
  #magnitude = 0
  #spread = 0
  #terms = 0
  #zeros = false
  #whole = true

  constructor(record: TapeRecord, products: Products) {
    this.#record = record
    this.#products = products
  }

  add(x: Taped): void {
    if (x.node >= 0 && x.slope !== 0) {
      this.#nodes.push(x.node)
      this.#slopes.push(x.slope)
    }
    if (x.node >= 0 && x.terms <= 1) this.#numbers.push(x)
    else this.#spread += x.spread
    this.#value += x.value
    this.#own += x.own
    this.#magnitude += x.magnitude
    if (x.terms === 0) this.#zeros = true
    else this.#terms += x.terms
    this.#whole = this.#whole && x.whole
  }

  /** What `add` makes of the product; one of two numbers that are known, and neither 0 nor ±1, is not made. */
  addProduct(x: Taped, y: Taped): void {
    const { errors, multiply } = this.#products
    const value = x.value * y.value
    const size = Math.abs(value)
    const isUnit = size === Math.abs(x.value) || size === Math.abs(y.value)
    const isWhole = x.whole && y.whole && errors.keepsWhole(x.value, y.value)
    const off = isWhole ? 0 : errors.product(size)
    const isPlain = isKnown(x) && isKnown(y) && !(isUnit && errors.keepsFactors)
    if (!isPlain || !(size + off <= errors.max)) {
      this.add(multiply(x, y))
      return
    }
    this.#spread += off
    this.#value += value
    this.#own += off
    this.#magnitude += size
    this.#terms++
    this.#whole = this.#whole && isWhole
  }

  total(): Taped {
    const spread = this.#errors()
    const [node, slope] =
      this.#nodes.length > 1 ? [this.#node(), 1] : [this.#nodes[0] ?? -1, this.#slopes[0] ?? 0]
    const [own, magnitude] = [this.#own, this.#magnitude]
    const terms = countedTerms(this.#terms, this.#zeros)
    return new Taped(this.#value, node, slope, own, magnitude, spread, terms, this.#whole)
  }

  #node(): number {
    for (let k = 0; k < this.#nodes.length; k++) {
      this.#record.operand(this.#nodes[k]!, this.#slopes[k]!)
    }
    return this.#record.close(0)
  }

  #errors(): number {
    const errorOf = ({ node, slope, own }: Taped) =>
      Math.abs(slope) * this.#record.reach(node) + own
    const all = () => this.#numbers.reduce((sum, x) => sum + errorOf(x), this.#spread)
    if (this.#terms > 1 && all() > worthASweep * this.#magnitude) {
      for (const x of this.#numbers) this.#record.tighten(x.node)
    }
    return all()
  }
}
