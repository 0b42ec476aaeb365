import * as fc from 'fast-check'
import { xorshift128plus } from 'pure-rand/generator/xorshift128plus'
import type { Recipe } from './case.ts'
import { drawSeed, type Planned } from './draws.ts'
import type { Numbers, Pairs } from './factors.ts'
import { usualAgain, usualOf } from './nearly-usual.ts'
import { RareClasses } from './rare.ts'
import type { RecipeMaker } from './recipe.ts'
import { Rows } from './rows.ts'
import { shuffled } from './shuffled.ts'
import { tileSizes } from './style.ts'
import { endsOf, isHadBy, largeOf, tileLeftOut, tilesOf, withEnds } from './wanted.ts'

/** How many cases a plan has for each property that it is for; then follows another plan. */
const casesOfPlan = 90

/**
 * What the cases of a plan are, over and over: usual configurations, tiles, pairs, ends, large cases
 * (of which a plan has few), and cases as they come. Eleven, so that each kind goes to each of a few
 * properties in turn. After the usual configurations come such but for one thing.
 */
const kinds = 'usual tile pair end any tile usual pair end tile large'.split(' ')

/** So many cases for each property are made at a time: first a few, without looking for pairs. */
const steps = [8, 24, casesOfPlan]

/** A case that has been drawn, of which a recipe is to be made. */
interface Unmade {
  readonly numbers: Numbers
  readonly maker: RecipeMaker
  readonly planned: Growing
}

/** A case whose recipe is noted once it has been made. */
type Growing = { -readonly [K in keyof Planned]: Planned[K] }

/**
 * The cases of several properties that compare an operation with its reference, dealt out in turn, so
 * that together they reach what each alone would reach by luck: every size of a tile on every axis,
 * every end, every pair of levels of two factors, as far as the work of a case allows.
 *
 * Whatever a kind has no more of is left to pairs, these to ends, and then to cases as they come. Before its last part
 * come cases of those classes that hardly any was of. A plan is made as far as it is asked for, since a run that has
 * little time gets no further than its beginning.
 */
export class Plan {
  /** The pairs that its cases meet, a 1 each; others were looked for in vain, or are left to the next plan. */
  get met(): Uint8Array {
    this.#makeRecipes()
    return this.#met
  }

  readonly #met: Uint8Array
  readonly #parts: Growing[][]
  readonly #random: fc.Random
  readonly #kept: Record<string, Numbers[]>
  readonly #most: readonly number[]
  /** Cases whose recipes are still to be made, in order. */
  readonly #unmade: Unmade[] = []
  #at = 0
  #made = 0
  /** Whether its first few cases are being made, of which none is asked what it meets. */
  #isFirst = true
  #rows: Rows | null = null
  /** What its first cases had too few of, once these are made. */
  #rare: RareClasses | null = null

  constructor(
    readonly makers: readonly RecipeMaker[],
    readonly pairs: Pairs,
    seed: number,
    /** How many of the cases of a run each property tries, as a share. */
    shares: readonly number[] = makers.map(() => 1),
  ) {
    this.#most = shares.map((share) => Math.ceil(casesOfPlan * Math.min(1, share)))
    const generator = xorshift128plus(seed)
    generator.jump()
    const random = new fc.Random(generator)
    const [maker] = makers as readonly [RecipeMaker]
    this.#random = random
    this.#kept = {
      usual: shuffled(usualOf(maker), random),
      tile: withEnds(tilesOf(maker, random), maker, random, 3),
      end: endsOf(maker, random),
      large: [],
    }
    this.#parts = makers.map(() => [])
    this.#met = new Uint8Array(pairs.count)
  }

  /** The cases of the property in a place. */
  *part(place: number): Generator<Planned, void> {
    const cases = this.#parts[place]!
    for (let i = 0; i < this.#most[place]!; i++) {
      if (i === cases.length) this.#make(steps.find((step) => step > i)!)
      const planned = cases[i]!
      planned.recipe ??= this.makers[place]!.make(planned.draws)
      yield planned
    }
  }

  /** The same plan, made to its end. */
  complete(): this {
    for (const step of steps) if (step > this.#made) this.#make(step)
    this.#makeRecipes()
    return this
  }

  /** Makes its cases up to a number for each property. */
  #make(step: number): void {
    const { makers } = this
    this.#isFirst = this.#made === 0
    if (!this.#isFirst) this.#makeRecipes()
    // Large ones take as long as fifty others, and come when these were had.
    if (step === casesOfPlan) this.#kept.large = largeOf(this.makers[0]!, this.#random)
    const known = makers.map((): (Planned | 'pair' | 'any')[] => [])
    if (step >= Math.max(...this.#most)) this.#rare = new RareClasses(makers[0]!, this.#recipes())
    for (; this.#made < step; this.#made++) {
      for (const part of makers.keys()) {
        if (this.#made >= this.#most[part]!) continue
        const rare = this.#rare?.find(makers[part]!, this.#random)
        if (rare) {
          this.pairs.mark(rare.recipe!, this.#met)
          known[part]!.push(rare)
          continue
        }
        const kind = kinds[this.#at++ % kinds.length]!
        const isFree = kind === 'pair' || kind === 'any'
        known[part]!.push(isFree ? kind : (this.#fixed(kind, part) ?? 'pair'))
      }
    }
    if (!this.#isFirst) this.#rows ??= new Rows(makers, this.pairs, this.#met, this.#random)
    for (const [part, ofPart] of known.entries()) {
      for (const it of ofPart) {
        const paired = it === 'pair' ? this.#pair(part) : it
        this.#parts[part]!.push(paired === 'any' ? this.#any(part) : paired)
      }
    }
  }

  /** What was made of all cases so far. */
  *#recipes(): Generator<Recipe, void> {
    for (const [part, cases] of this.#parts.entries()) {
      for (const planned of cases) {
        // Made here where it has not been, so that it does not matter who asked for cases before.
        planned.recipe ??= this.makers[part]!.make(planned.draws)
        yield { ...planned.recipe, seed: planned.seed }
      }
    }
  }

  /** The next case of a kind; `null` where there is none of it. */
  #fixed(kind: string, part: number): Planned | null {
    const [kept, random] = [this.#kept, this.#random]
    const [first] = this.makers as readonly [RecipeMaker]
    if (kept.usual!.length === 0 && first.usual.length > 0) {
      kept.usual = usualAgain(first, random)
    }
    // Without axes to be sized like a tile there is more room for ends, and the other way round.
    // Small ones leave room for everything else, and are had again and again; of a single axis, all of them,
    // since what is wrong only behind a large tile often depends on the numbers there.
    // Only a recipe with two tiles may leave one out.
    if (kept.tile!.length === 0 && this.#unmade.some(({ numbers }) => 'style tile 1' in numbers)) {
      this.#makeRecipes()
    }
    if (kept.tile!.length === 0) {
      const again = first.axes.length === 1 ? tileSizes.length : 8
      kept.tile = withEnds(tilesOf(first, random, again), first, random, 2)
    }
    if (kept.end!.length === 0) kept.end = endsOf(first, random, 2)
    const numbers =
      kind === 'large' ? (kept.large!.shift() ?? this.#next('tile', part)) : this.#next(kind, part)
    if (numbers === undefined) return null
    const maker = this.makers[part]!
    const draws = maker.draw(random, numbers)
    const planned = { draws, seed: drawSeed(random) }
    this.#unmade.push({ numbers, maker, planned })
    if (!this.#isFirst) this.#makeRecipes()
    return planned
  }

  /**
   * Makes the recipes that are still to be made, and takes note of what they meet and leave out. The first few
   * wait until that is asked for: a run that has little time tries a case or two of each plan.
   */
  #makeRecipes(): void {
    const [first] = this.makers as readonly [RecipeMaker]
    for (const { numbers, maker, planned } of this.#unmade.splice(0)) {
      planned.recipe ??= maker.make(planned.draws)
      this.pairs.mark(planned.recipe, this.#met)
      const left = tileLeftOut(first, numbers, planned.recipe.sizes)
      if (left !== null) this.#kept.tile!.push(left)
    }
  }

  #next(kind: string, part: number): Numbers | undefined {
    const kept = this.#kept
    const tile = () => {
      const had = kept.tile!.findIndex((numbers) => isHadBy(this.makers[part]!, numbers))
      return had < 0 ? kept.tile!.shift() : kept.tile!.splice(had, 1)[0]
    }
    if (kind === 'tile') return tile() ?? kept.end!.shift()
    return kept[kind]!.shift() ?? kept.end!.shift() ?? tile()
  }

  /** A case that reaches a new pair; where there is none, as for the first few cases, an end. */
  #pair(part: number): Planned {
    const row = this.#rows?.next(part)
    if (row) return { ...row, seed: drawSeed(this.#random) }
    return this.#fixed('end', part) ?? this.#any(part)
  }

  #any(part: number): Planned {
    return { draws: this.makers[part]!.draw(this.#random), seed: drawSeed(this.#random) }
  }
}
