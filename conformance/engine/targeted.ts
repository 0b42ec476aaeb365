import * as fc from 'fast-check'
import { xorshift128plus } from 'pure-rand/generator/xorshift128plus'
import type { Precision } from '../../reference/arithmetic/precision.ts'
import type { References } from '../../reference/reference.ts'
import { type Case, elementsOf, type Recipe } from '../arbitraries/case.ts'
import { type Draws, drawSeed, type Planned } from '../arbitraries/draws.ts'
import { Pairs } from '../arbitraries/factors.ts'
import { altered } from './altered.ts'
import { casesOf, Drawn, makerOf, seedOf } from './cases.ts'
import type { Property } from './property.ts'
import type { Trial } from './trial.ts'

/** Of so many shapes that might come next, the one whose pairs were met least is taken. */
const shapesCompared = 12

/** What each case in turn is: as planned, near one that came near its bound, or of rare pairs. */
const kinds = ['plan', 'near', 'near', 'rare', 'near', 'near'] as const

/**
 * Of cases of about the same size, the one that came nearest to its bound: small cases come near by chance, and
 * leave no room to come nearer.
 */
interface Near {
  readonly utilization: number
  readonly value: Recipe | Case
  /** The numbers that it was made of; `null` where its elements were altered. */
  readonly planned: Planned | null
  readonly precision: Precision
  /** How many that were made from it in a row came no nearer. */
  readonly failures: number
}

/**
 * Cases of a property that are steered by what came of those before: to the largest share of a bound that an
 * answer uses up, by altering the cases that used up most; and to pairs that were met least, by the choice of
 * shapes. A part of them comes as planned, so that nothing is left out.
 */
export class TargetedCases {
  /** How often each pair was met, whether or not a case was judged. */
  readonly met: Uint32Array
  readonly #pairs: Pairs
  readonly #random: fc.Random
  #plan: Generator<Drawn, never>
  /** By the size of the case: its number of elements, a power of two. */
  readonly #near = new Map<number, Near>()
  /** The sizes of the cases that others were made from. */
  readonly #origins = new WeakMap<Drawn, number>()
  #at = 0

  constructor(
    readonly property: Property,
    readonly references: References,
    seed: number,
  ) {
    const generator = xorshift128plus(seedOf(seed, `targeted ${property.id}`))
    generator.jump()
    this.#random = new fc.Random(generator)
    this.#plan = casesOf(property, references, seed)
    this.#pairs = new Pairs(property.space)
    this.met = new Uint32Array(this.#pairs.count)
  }

  /** From now on, what comes as planned is of another seed. */
  plan(seed: number): void {
    this.#plan = casesOf(this.property, this.references, seed)
  }

  *cases(): Generator<Drawn, never> {
    for (;;) {
      const drawn = this.#next()
      // Counted at once, since several are drawn before what came of the first is known.
      for (const pair of this.#pairs.of(drawn.value)) this.met[pair]!++
      yield drawn
    }
  }

  /** Takes how a case came out. */
  learn(drawn: Drawn, trial: Trial, precision: Precision): void {
    const origin = this.#origins.get(drawn)
    const before = origin === undefined ? undefined : this.#near.get(origin)
    if (before !== undefined) {
      this.#near.set(origin!, { ...before, failures: before.failures + 1 })
    }
    if (trial.result !== 'agrees' || !(trial.utilization > 0)) return
    const size = Math.floor(Math.log2(1 + elementsOf(drawn.on(precision).testCase)))
    const { utilization } = trial
    if (utilization <= (this.#near.get(size)?.utilization ?? 0)) return
    const { value, planned } = drawn
    this.#near.set(size, { utilization, value, planned, precision, failures: 0 })
  }

  #next(): Drawn {
    const kind = kinds[this.#at++ % kinds.length]!
    const drawn = kind === 'near' ? this.#besideOneNear() : kind === 'rare' ? this.#rare() : null
    return drawn ?? this.#plan.next().value
  }

  /** One of those that came near, rather one that can be seen to come nearer, altered in something. */
  #besideOneNear(): Drawn | null {
    const { property, references } = this
    const random = this.#random
    const chosen = this.#chosen()
    if (chosen === null) return null
    const [size, { planned, value, precision }] = chosen
    const made = () => {
      if (planned !== null && random.nextInt(0, 3) === 0) return this.#beside(planned)
      const { testCase } = new Drawn(property, references, value).on(precision)
      const other = altered(property, testCase, random)
      return other === null ? null : new Drawn(property, references, other)
    }
    const drawn = made()
    if (drawn !== null) this.#origins.set(drawn, size)
    return drawn
  }

  #chosen(): readonly [size: number, near: Near] | null {
    const weights = [...this.#near].map(([size, near]) => ({
      size,
      near,
      weight: near.utilization ** 6 / (1 + near.failures),
    }))
    const all = weights.reduce((sum, { weight }) => sum + weight, 0)
    let left = (this.#random.nextInt(0, 2 ** 20) / 2 ** 20) * all
    for (const { size, near, weight } of weights) {
      left -= weight
      if (left <= 0) return [size, near]
    }
    return null
  }

  /** A case of other numbers, or of other arrays. */
  #beside({ draws, seed }: Planned): Drawn {
    const random = this.#random
    const { places } = makerOf(this.property)
    if (places.length === 0 || random.nextInt(0, 2) === 0) {
      return this.#made({ draws, seed: drawSeed(random) })
    }
    const at = random.nextInt(0, places.length - 1)
    return this.#made({ draws: draws.with(at, random.nextInt(0, places[at]!.most)), seed })
  }

  #rare(): Drawn {
    let best: { readonly planned: Planned; readonly rarity: number } | null = null
    for (let i = 0; i < shapesCompared; i++) {
      const draws = this.#styled()
      const recipe = makerOf(this.property).make(draws)
      let rarity = 0
      for (const pair of this.#pairs.of(recipe)) rarity += 1 / (1 + this.met[pair]!) ** 2
      if (best !== null && rarity <= best.rarity) continue
      best = { planned: { draws, recipe, seed: drawSeed(this.#random) }, rarity }
    }
    return this.#made(best!.planned)
  }

  /** Numbers as they come, with now and then one of a style. */
  #styled(): Draws {
    const random = this.#random
    const maker = makerOf(this.property)
    const styles = maker.places.filter(({ isStyle, most }) => isStyle && most > 0)
    const some = styles.filter(() => random.nextInt(0, 7) === 0)
    const fixed = some.map(({ name, most }) => [name, random.nextInt(0, most)] as const)
    return maker.draw(random, Object.fromEntries(fixed))
  }

  #made(planned: Planned): Drawn {
    const { draws, recipe, seed } = planned
    const made = { ...(recipe ?? makerOf(this.property).make(draws)), seed }
    return new Drawn(this.property, this.references, made, planned)
  }
}
