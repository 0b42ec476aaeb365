import type { Parameters, Sizes, Space } from '../../spec/language/operation.ts'
import { mapValues } from '../base/records.ts'
import { hasAllowedElements } from './allowed.ts'
import type { Case } from './case.ts'
import { decrements } from './decrements.ts'
import { integersWithin } from './integers-within.ts'
import { ends, type Kept, keptOf, multiplied, overAgain, without } from './kept.ts'
import { isOf, leastOf, remade } from './remade.ts'
import { complexity, simplerValues } from './simpler.ts'

/**
 * Smaller valid cases to try on a failing one: all sizes as small as they get, then sizes that are
 * equal together, then each on its own by less and less, down to one less; then each parameter
 * simpler, or less together with a size that it equals. Derived sizes, bounds and constraints follow;
 * arrays keep their first elements along each axis, or their last ones. Where none of these fails,
 * they keep one element over again, or all but some in the middle, or fewer and larger ones: what a sum
 * of hundreds shows of a format, the product of two large numbers shows as well.
 *
 * Each is less than the case itself in the sum of sizes and of what parameters are worth, so that
 * taking one that still fails, and going on from it, ends.
 */
export function* smallerCases(space: Space, failing: Case): Generator<Case> {
  if (!isOf(space, failing)) return
  const worth = worthOf(space, failing)
  const shrinking = new Shrinking(space, failing)
  for (const { sizes, parameters, kept, larger } of shrinking.candidates()) {
    const smaller = remade(space, failing, sizes, parameters, (tensor, axes, shape) =>
      keptOf(tensor, axes, shape, kept),
    )
    if (smaller === null || worthOf(space, smaller) >= worth) continue
    for (const changed of larger ? withLarger(smaller) : [smaller]) {
      if (hasAllowedElements(space, changed)) yield changed
    }
  }
}

/** Of 6 and of 10 binary digits: products of two such numbers have more than bfloat16 or float16 hold. */
const factors = [51, 819] as const
/** A number that neither of the two holds. */
const factorOfOne = 2049

/** A case with larger elements in all of its arrays, or in one. */
function* withLarger(the: Case): Generator<Case> {
  const times = (by: number, only?: string) => {
    const inputs = mapValues(the.inputs, (tensor, name) =>
      only === undefined || only === name ? multiplied(tensor, by) : tensor,
    )
    const leavesFormat = (name: string) =>
      inputs[name]!.data.some((x, i) => !Number.isFinite(x) && x !== the.inputs[name]!.data[i])
    return Object.keys(inputs).some(leavesFormat) ? [] : [{ ...the, inputs }]
  }
  for (const by of factors) yield* times(by)
  for (const name of Object.keys(the.inputs)) yield* times(factorOfOne, name)
}

/** What may make a smaller case. */
interface Candidate {
  readonly sizes: Sizes
  readonly parameters: Parameters
  readonly kept: Kept
  readonly larger?: boolean
}

/** Sizes and parameters that are less than those of a failing case. */
class Shrinking {
  /** The axes that may become smaller by themselves. */
  readonly #own: readonly string[]

  constructor(
    readonly space: Space,
    readonly failing: Case,
  ) {
    this.#own = Object.keys(space.dimensions).filter(
      (symbol) =>
        space.dimensions[symbol]!.kind !== 'derived' && this.#size(symbol) > this.#least(symbol),
    )
  }

  #size(symbol: string): number {
    return this.failing.sizes[symbol]!
  }

  #least(symbol: string): number {
    return leastOf(this.space, symbol)
  }

  #less(symbols: readonly string[], by: number): Sizes {
    const changed: Record<string, number> = { ...this.failing.sizes }
    for (const symbol of symbols) {
      changed[symbol] = Math.max(this.#least(symbol), this.#size(symbol) - by)
    }
    return changed
  }

  *candidates(): Generator<Candidate> {
    const { parameters } = this.failing
    const least = { sizes: this.#less(this.#own, Number.POSITIVE_INFINITY), parameters }
    for (const kept of [...ends, ...overAgain]) yield { ...least, kept }
    yield { ...least, kept: ends[0]!, larger: true }
    const sizes = [...this.#sizes()]
    for (const some of sizes) for (const kept of ends) yield { sizes: some, parameters, kept }
    for (const some of [...this.#simpler(), ...this.#together()]) {
      for (const kept of ends) yield { ...some, kept }
    }
    for (const some of sizes) for (const kept of overAgain) yield { sizes: some, parameters, kept }
    yield* this.#withoutMiddle()
    for (const some of sizes) yield { sizes: some, parameters, kept: ends[0]!, larger: true }
  }

  *#sizes(): Generator<Sizes> {
    const own = this.#own
    const equal = own.map((symbol) =>
      own.filter((other) => this.#size(other) === this.#size(symbol)),
    )
    const together = equal.filter((group, i) => group.length > 1 && group[0] === own[i])
    for (const group of [...together, ...own.map((symbol) => [symbol])]) {
      const [first] = group
      for (const by of decrements(this.#size(first!) - this.#least(first!))) {
        yield this.#less(group, by)
      }
    }
  }

  *#simpler(): Generator<Omit<Candidate, 'kept'>> {
    const { sizes, parameters } = this.failing
    for (const [name, parameter] of Object.entries(this.space.parameters)) {
      for (const value of simplerValues(parameter, parameters[name])) {
        yield { sizes, parameters: { ...parameters, [name]: value } }
      }
    }
  }

  /** A parameter less by as much as the size that it equals: a window over all of an image, say. */
  *#together(): Generator<Omit<Candidate, 'kept'>> {
    const { parameters } = this.failing
    for (const [name, parameter] of Object.entries(this.space.parameters)) {
      for (const { value, min, become } of integersWithin(parameter, parameters[name])) {
        for (const symbol of this.#own.filter((own) => this.#size(own) === value)) {
          for (const by of decrements(value - Math.max(min, this.#least(symbol)))) {
            const sizes = this.#less([symbol], by)
            yield { sizes, parameters: { ...parameters, [name]: become(value - by) } }
          }
        }
      }
    }
  }

  /** An axis without a half, a quarter, … of what is between its ends, down to single ones. */
  *#withoutMiddle(): Generator<Candidate> {
    const { parameters } = this.failing
    for (const symbol of this.#own) {
      const between = this.#size(symbol) - 2
      for (let left = between >> 1; left >= 1; left >>= 1) {
        for (let from = 1; from + left <= between + 1; from += left) {
          yield { sizes: this.#less([symbol], left), parameters, kept: without(from, left, symbol) }
        }
      }
    }
  }
}

/** What is to become less: the sizes that are not derived, and what parameters are worth. */
function worthOf(space: Space, { sizes, parameters }: Case): number {
  let worth = 0
  for (const [symbol, { kind }] of Object.entries(space.dimensions)) {
    if (kind !== 'derived') worth += sizes[symbol]!
  }
  for (const [name, parameter] of Object.entries(space.parameters)) {
    worth += complexity(parameter, parameters[name])
  }
  return worth
}
