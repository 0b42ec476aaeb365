import * as fc from 'fast-check'
import { xorshift128plus } from 'pure-rand/generator/xorshift128plus'
import type { Sizes } from '../../spec/language/operation.ts'
import type { Draws, Planned } from './draws.ts'
import type { Numbers, Pairs } from './factors.ts'
import { drawSeed, type RecipeMaker, slots, tileSizes } from './recipe.ts'

/** How many cases a plan has for each property that it is for; then follows another plan. */
const casesOfPlan = 90

/**
 * What the cases of a plan are, over and over: usual configurations, tiles, pairs, ends, and cases as
 * they come. Eleven, so that each kind goes to each of a few properties in turn.
 */
const kinds = ['usual', 'tile', 'pair', 'end', 'any', 'tile', 'usual', 'pair', 'end', 'tile', 'any']

/** So many cases for each property are made at a time: first a few, without looking for pairs. */
const steps = [8, 24, casesOfPlan]

/**
 * The cases of several properties that compare an operation with its reference, dealt out in turn, so
 * that together they reach what each alone would reach by luck: every size of a tile on every axis,
 * every end, every pair of levels of two factors, as far as the work of a case allows.
 *
 * Whatever a kind has no more of is left to pairs, and then to cases as they come. A plan is made as far
 * as it is asked for, since a run that has little time gets no further than its beginning.
 */
export class Plan {
  /** The pairs that its cases meet, a 1 each; others were looked for in vain, or are left to the next plan. */
  readonly met: Uint8Array
  readonly #parts: Planned[][]
  readonly #random: fc.Random
  readonly #kept: Record<string, Numbers[]>
  readonly #most: readonly number[]
  #at = 0
  #made = 0
  #rows: Rows | null = null

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
      tile: tilesOf(maker, random),
      end: endsOf(maker, random),
    }
    this.#parts = makers.map(() => [])
    this.met = new Uint8Array(pairs.count)
  }

  /** The cases of the property in a place. */
  *part(place: number): Generator<Planned, void> {
    const cases = this.#parts[place]!
    for (let i = 0; i < this.#most[place]!; i++) {
      if (i === cases.length) this.#make(steps.find((step) => step > i)!)
      yield cases[i]!
    }
  }

  /** The same plan, made to its end. */
  complete(): this {
    for (const step of steps) if (step > this.#made) this.#make(step)
    return this
  }

  /** Makes its cases up to a number for each property. */
  #make(step: number): void {
    const { makers } = this
    const isFirst = this.#made === 0
    const fixed = makers.map((): (Planned | null)[] => [])
    for (; this.#made < step; this.#made++) {
      for (const part of makers.keys()) {
        if (this.#made >= this.#most[part]!) continue
        fixed[part]!.push(this.#fixed(kinds[this.#at++ % kinds.length]!, part))
      }
    }
    if (!isFirst) this.#rows ??= new Rows(makers, this.pairs, this.met, this.#random)
    for (const [part, ofPart] of fixed.entries()) {
      for (const planned of ofPart) this.#parts[part]!.push(planned ?? this.#free(part))
    }
  }

  /** The next case of a kind; `null` where there is none of it. */
  #fixed(kind: string, part: number): Planned | null {
    const [kept, random] = [this.#kept, this.#random]
    const [first] = this.makers as readonly [RecipeMaker]
    // Without axes to be sized like a tile there is more room for ends, and the other way round.
    // Small ones leave room for everything else, and are had again and again.
    if (kept.tile!.length === 0) {
      kept.tile = withEnds(tilesOf(first, random, 6), first, random)
    }
    if (kept.end!.length === 0) kept.end = endsOf(first, random, 2)
    const numbers =
      kind === 'any' ? undefined : (kept[kind]?.shift() ?? kept.end!.shift() ?? kept.tile!.shift())
    if (numbers === undefined) return null
    if (kind === 'usual') kept.usual!.push(numbers)
    const maker = this.makers[part]!
    const planned = { draws: maker.draw(random, numbers), seed: drawSeed(random) }
    const recipe = maker.make(planned.draws)
    this.pairs.mark(recipe, this.met)
    const left = tileLeftOut(first, numbers, recipe.sizes)
    if (left !== null) kept.tile!.push(left)
    return planned
  }

  /** A case that reaches a new pair, or as it comes. */
  #free(part: number): Planned {
    const random = this.#random
    const draws = this.#rows?.next(part) ?? this.makers[part]!.draw(random)
    return { draws, seed: drawSeed(random) }
  }
}

function usualOf({ usual }: RecipeMaker): readonly Numbers[] {
  return usual.map((_, i) => ({ 'style usual': i + 1 }))
}

/** Every axis with every size of a tile, two axes a case, and every two axes equal with all others 1. */
function tilesOf(
  { axes, equalAxes }: RecipeMaker,
  random: fc.Random,
  count = tileSizes.length as number,
): Numbers[] {
  const wanted = shuffled(
    axes.flatMap((_, axis) =>
      tileSizes.slice(0, count).map((_, size) => ({ axis: axis + 1, size })),
    ),
    random,
  )
  const both: Numbers[] = []
  while (wanted.length > 0) {
    const first = wanted.shift()!
    // One that is small beside one that is large, so that both fit into the work of a case.
    const second = wanted.findIndex(
      ({ axis, size }) => axis !== first.axis && size + first.size <= tileSizes.length,
    )
    const chosen = second < 0 ? [first] : [first, ...wanted.splice(second, 1)]
    both.push(
      Object.fromEntries(
        chosen.flatMap(({ axis, size }, slot) => [
          [`style tile ${slots[slot]}`, axis],
          [`style tile ${slots[slot]} size`, size],
        ]),
      ),
    )
  }
  const equal = equalAxes.map((_, i) => ({
    'style equal': i + 1,
    'style equal size': random.nextInt(0, 2),
  }))
  return shuffled([...both, ...equal], random)
}

/** Every other one with a part of a parameter at an end or beyond as well. */
function withEnds(tiles: Numbers[], { leaves }: RecipeMaker, random: fc.Random): Numbers[] {
  if (leaves.length === 0) return tiles
  return tiles.map((numbers, i) => {
    const leaf = random.nextInt(0, leaves.length - 1)
    const value = random.nextInt(0, Math.min(7, leaves[leaf]!.values.length - 1))
    return i % 2 === 0
      ? numbers
      : { ...numbers, 'style end 0': leaf + 1, 'style end 0 value': value }
  })
}

/** The second tile of a case that was too much work with both, to be had alone. */
function tileLeftOut({ axes }: RecipeMaker, numbers: Numbers, sizes: Sizes): Numbers | null {
  const axis = numbers['style tile 1']
  const size = numbers['style tile 1 size']
  if (axis === undefined || size === undefined) return null
  if (sizes[axes[axis - 1]!]! >= tileSizes[size]!) return null
  return { 'style tile 0': axis, 'style tile 0 size': size }
}

/** Every value at an end or beyond of every part of a parameter, two parts a case where there are two. */
function endsOf(
  { leaves, space }: RecipeMaker,
  random: fc.Random,
  count = Number.POSITIVE_INFINITY,
): Numbers[] {
  const wanted = shuffled(
    leaves.flatMap(({ values }, leaf) =>
      values.slice(0, count).map((_, value) => ({ leaf: leaf + 1, value })),
    ),
    random,
  )
  const countsOnly = Object.keys(space.inputs).length === 0
  return wanted.map(({ leaf, value }, i) => {
    // Counts multiply, so that what is too large for a format shows when all of them are.
    if (countsOnly && i % 4 > 0) return everywhere(leaves, random)
    const other = wanted[(i + 1) % wanted.length]!
    const numbers = { 'style end 0': leaf, 'style end 0 value': value }
    // Every other case has one end only, so that nothing else is in its way.
    if (other.leaf === leaf || i % 2 === 0) return numbers
    return { ...numbers, 'style end 1': other.leaf, 'style end 1 value': other.value }
  })
}

/** A value at an end or beyond for every other part of all parameters, half of them near, half far. */
function everywhere(leaves: RecipeMaker['leaves'], random: fc.Random): Numbers {
  const numbers: Record<string, number> = {}
  // Of several alternatives, one whose parts are given is the one that is taken.
  const left = new Set<string>()
  for (const { path } of leaves) {
    const [whole, alternative] = path.split('|') as [string, string | undefined]
    if (alternative !== undefined && random.nextInt(0, 1) === 0) left.add(whole)
  }
  for (const { path, values } of leaves) {
    if (left.has(path.split('|')[0]!) || random.nextInt(0, 1) === 0) continue
    const most = random.nextInt(0, 1) === 0 ? Math.ceil(values.length / 2) : values.length
    numbers[`style end of ${path}`] = random.nextInt(1, most)
  }
  return numbers
}

/** How many cases are made in search of a pair before it is taken for one that no case can have. */
const attempts = 6

/**
 * Cases that reach pairs which none before reached, as many as are needed, one after the other: each
 * begins with such a pair and takes for every other factor the level that adds most new pairs.
 *
 * The algorithm is that of a greedy covering array. `covertable` makes such arrays as well, but takes
 * 0.4 s for 14 factors of four levels, where a run has 111 operations, and knows neither that a
 * constraint changes what was chosen nor what other cases reached already.
 */
class Rows {
  /** The pairs of which no case is known yet. */
  readonly #open: number[]
  readonly #tried: Uint8Array

  constructor(
    readonly makers: readonly RecipeMaker[],
    readonly pairs: Pairs,
    readonly reached: Uint8Array,
    readonly random: fc.Random,
  ) {
    this.#tried = new Uint8Array(pairs.count)
    this.#open = shuffled(
      [...reached.keys()].filter((pair) => reached[pair] === 0),
      random,
    )
  }

  next(part: number): Draws | null {
    while (this.#open.length > 0) {
      const pair = this.#open.at(-1)!
      if (this.reached[pair] === 1 || this.#tried[pair]! >= attempts) {
        this.#open.pop()
        continue
      }
      this.#tried[pair]!++
      const draws = this.#around(pair, this.makers[part]!)
      if (draws === null) continue
      if (this.pairs.mark(this.makers[part]!.make(draws), this.reached) > 0) return draws
    }
    return null
  }

  #around(pair: number, maker: RecipeMaker): Draws | null {
    const { factors } = this.pairs
    const chosen = this.pairs.levelsOf(pair)
    const rest = shuffled(
      [...factors.keys()].filter((i) => !chosen.has(i)),
      this.random,
    )
    for (const i of rest) {
      let [best, most] = [-1, -1]
      const levels = factors[i]!.levels
      const start = this.random.nextInt(0, levels.length - 1)
      for (let step = 0; step < levels.length; step++) {
        const level = (start + step) % levels.length
        if (!this.#fits(chosen, i, level)) continue
        let gain = 0
        for (const [j, other] of chosen)
          gain += 1 - this.reached[this.pairs.number(i, level, j, other)]!
        if (gain > most) [best, most] = [level, gain]
      }
      if (best >= 0) chosen.set(i, best)
    }
    return this.#drawn(chosen, maker)
  }

  /** Whether there are slots left for the styles of the levels that were chosen, and one more. */
  #fits(chosen: ReadonlyMap<number, number>, factor: number, level: number): boolean {
    const { factors } = this.pairs
    const { style } = factors[factor]!.levels[level]!
    if (style === undefined) return true
    const taken = [...chosen].filter(([i, at]) => factors[i]!.levels[at]!.style === style)
    return taken.length < slots.length
  }

  #drawn(chosen: ReadonlyMap<number, number>, maker: RecipeMaker): Draws | null {
    const pick = (count: number) => this.random.nextInt(0, count - 1)
    const numbers: Record<string, number> = { 'own distributions': 0, magnitudes: 0 }
    const taken = { tile: 0, end: 0 }
    for (const [i, at] of chosen) {
      const { name, levels } = this.pairs.factors[i]!
      const { style, numbers: wanted } = levels[at]!
      const found = wanted(pick, maker.values)
      if (found === null) continue
      Object.assign(numbers, found)
      if (style === undefined) continue
      const slot = `style ${style} ${taken[style]++}`
      if (style === 'tile') {
        numbers[slot] = maker.axes.indexOf(name) + 1
        // The smallest ones, of which two fit into a case.
        numbers[`${slot} size`] = pick(6)
      } else {
        const leaf = maker.leaves.findIndex(({ path }) => path === name)
        numbers[slot] = leaf + 1
        // Not the least value, which is no value beyond.
        numbers[`${slot} value`] = 1 + pick(Math.min(5, maker.leaves[leaf]!.values.length - 1))
      }
    }
    return maker.draw(this.random, numbers)
  }
}

function shuffled<T>(items: readonly T[], random: fc.Random): T[] {
  const shuffled = [...items]
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = random.nextInt(0, i)
    ;[shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!]
  }
  return shuffled
}
