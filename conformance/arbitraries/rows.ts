import type * as fc from 'fast-check'
import type { Leaf } from './beyond.ts'
import type { Draws, Planned } from './draws.ts'
import type { Pairs, Shape } from './factors.ts'
import type { RecipeMaker } from './recipe.ts'
import { shuffled } from './shuffled.ts'
import { slots } from './style.ts'

/** How many cases are made in search of a pair before it is taken for one that no case can have. */
const attempts = 6

/**
 * How many cases have a pair of two levels that are had on purpose only: each of these, a size like that of
 * a tile or a value beyond, is many sizes and values.
 */
const timesOfStyled = 3

/**
 * Cases that reach pairs which none before reached, as many as are needed, one after the other: each
 * begins with such a pair and takes for every other factor the level that adds most new pairs.
 *
 * The algorithm is that of a greedy covering array. `covertable` makes such arrays as well, but takes
 * 0.4 s for 14 factors of four levels, where a run has 111 operations, and knows neither that a
 * constraint changes what was chosen nor what other cases reached already.
 */
export class Rows {
  /** The pairs of which no case is known yet, or not so many as the number beside it. */
  readonly #open: { readonly pair: number; readonly times: number }[]
  /** Of pairs with two styles, how many cases had them. */
  readonly #met = new Map<number, number>()
  readonly #tried: Uint8Array

  constructor(
    readonly makers: readonly RecipeMaker[],
    readonly pairs: Pairs,
    readonly reached: Uint8Array,
    readonly random: fc.Random,
  ) {
    this.#tried = new Uint8Array(pairs.count)
    const open = shuffled(
      [...reached.keys()].filter((pair) => reached[pair] === 0),
      random,
    )
    const styled = [...reached.keys()].filter((pair) => this.#styles(pair) === 2)
    for (const pair of styled) this.#met.set(pair, 0)
    const rounds = Array.from({ length: timesOfStyled }, (_, i) => timesOfStyled - i)
    // The last come first: sizes of tiles and ends are met on purpose only, all else by the way as well.
    this.#open = [
      ...[0, 1].flatMap((n) => once(open.filter((pair) => this.#styles(pair) === n))),
      ...rounds.flatMap((times) => shuffled(styled, random).map((pair) => ({ pair, times }))),
    ]
  }

  /** How many of the two levels of a pair need a style. */
  #styles(pair: number): number {
    const styles = [...this.pairs.levelsOf(pair)].map(
      ([i, at]) => this.pairs.factors[i]!.levels[at]!.style,
    )
    return styles.filter((style) => style !== undefined).length
  }

  next(part: number): Omit<Planned, 'seed'> | null {
    while (this.#open.length > 0) {
      const { pair, times } = this.#open.at(-1)!
      const met = this.#met.get(pair) ?? this.reached[pair]!
      if (met >= times || this.#tried[pair]! >= attempts * times) {
        this.#open.pop()
        continue
      }
      this.#tried[pair]!++
      const draws = this.#around(pair, this.makers[part]!)
      if (draws === null) continue
      const recipe = this.makers[part]!.make(draws)
      const added = this.pairs.mark(recipe, this.reached)
      const isMet = this.#count(recipe).has(pair)
      if (added > 0 || isMet) return { draws, recipe }
    }
    return null
  }

  /** Counts the pairs of two styles that a case has, and gives them. */
  #count(recipe: Shape): ReadonlySet<number> {
    const had = new Uint8Array(this.pairs.count)
    this.pairs.mark(recipe, had)
    const found = new Set<number>()
    for (const [pair, times] of this.#met) {
      if (had[pair] === 0) continue
      this.#met.set(pair, times + 1)
      found.add(pair)
    }
    return found
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
    const hasTile = [...chosen].some(([i, at]) => {
      return this.pairs.factors[i]!.levels[at]!.style === 'tile'
    })
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
        // Beyond a vector of eight, and small enough for two to fit into a case.
        numbers[`${slot} size`] = 2 + pick(6)
      } else {
        const leaf = maker.leaves.findIndex(({ path }) => path === name)
        numbers[slot] = leaf + 1
        numbers[`${slot} value`] = beyond(maker.leaves[leaf]!, hasTile ? near : wide, pick)
      }
    }
    return maker.draw(this.random, numbers)
  }
}

/** How many of the values beyond those that are drawn are in use beside a tile, and without one. */
const [near, wide] = [5, 12]

/** The place of one of the nearest values beyond those that are drawn. */
function beyond(
  { values, range: [from, to] }: Leaf,
  most: number,
  pick: (count: number) => number,
): number {
  const places = [...values.keys()].filter((at) => values[at]! < from || values[at]! > to)
  return places[pick(Math.min(most, places.length))] ?? 0
}

function once(pairs: readonly number[]) {
  return pairs.map((pair) => ({ pair, times: 1 }))
}
