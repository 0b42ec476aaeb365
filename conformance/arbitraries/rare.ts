import type * as fc from 'fast-check'
import type { Operation, Space } from '../../spec/language/operation.ts'
import type { Recipe } from './case.ts'
import { drawSeed, type Planned } from './draws.ts'
import type { Numbers } from './factors.ts'
import { realize } from './fill.ts'
import type { RecipeMaker } from './recipe.ts'

/** How many cases of a plan are of every class, as far as such cases are found; and how many small ones. */
const least = { any: 2, small: 1 } as const

/**
 * How many numbers the arrays of a small case have together. What is inexact in few of many elements may leave a large
 * case undecided as a whole, and would leave a class of which all cases are large untried.
 */
const mostOfSmall = 32

/** How many cases are drawn in search of one. */
const attempts = 60

/** The classes that few cases of a plan are of: a run must reach each, which is not left to luck. */
export class RareClasses {
  /** How many more cases of each are wanted, of any size and small. */
  readonly #wanted = { any: new Map<string, number>(), small: new Map<string, number>() }
  readonly #classes: Operation['classes']
  /** How many searches in a row were in vain: some classes no case of some property is of. */
  #inVain = 0

  constructor({ space }: RecipeMaker, recipes: Iterable<Recipe>) {
    this.#classes = (space as Partial<Operation>).classes ?? {}
    for (const name of Object.keys(this.#classes)) {
      this.#wanted.any.set(name, least.any)
      this.#wanted.small.set(name, least.small)
    }
    for (const recipe of recipes) {
      if (!this.#isWanting) return
      this.#note(space, recipe)
    }
  }

  get #isWanting(): boolean {
    return this.#wanted.any.size + this.#wanted.small.size > 0
  }

  /** A case of at least one of them; `null` where none is wanted, or none found. */
  find(maker: RecipeMaker, random: fc.Random): Planned | null {
    if (this.#inVain === 2) return null
    this.#inVain++
    for (let i = 0; this.#isWanting && i < attempts; i++) {
      const draws = maker.draw(random, coincidence(maker, i, random))
      const [recipe, seed] = [maker.make(draws), drawSeed(random)]
      if (!this.#note(maker.space, { ...recipe, seed })) continue
      this.#inVain = 0
      return { draws, recipe, seed }
    }
    return null
  }

  /** Whether a case is of a wanted class, of which one less is wanted then. */
  #note(space: Space, recipe: Recipe): boolean {
    const { any, small } = this.#wanted
    const kinds = isSmall(space, recipe) ? [any, small] : [any]
    if (kinds.every((wanted) => wanted.size === 0)) return false
    // Its arrays are filled only where they may say something new.
    const the = realize(space, recipe)
    let isWanted = false
    for (const wanted of kinds) {
      for (const [name, more] of wanted) {
        if (!this.#classes[name]!(the)) continue
        isWanted = true
        if (more > 1) wanted.set(name, more - 1)
        else wanted.delete(name)
      }
    }
    return isWanted
  }
}

function isSmall({ inputs }: Space, { sizes }: Recipe): boolean {
  let numbers = 0
  for (const { axes } of Object.values(inputs)) {
    numbers += axes.reduce((product, symbol) => product * sizes[symbol]!, 1)
  }
  return numbers <= mostOfSmall
}

/** Sizes as they come, which may be the same; two that are the same on purpose; or a plain case. */
function coincidence({ equalAxes }: RecipeMaker, i: number, random: fc.Random): Numbers {
  if (i % 3 === 0) return { apart: 0 }
  if (i % 3 === 1 || equalAxes.length === 0) return {}
  return {
    'style equal': random.nextInt(1, equalAxes.length),
    'style equal size': random.nextInt(0, 2),
  }
}
