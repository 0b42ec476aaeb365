import type * as fc from 'fast-check'
import type { Operation } from '../../spec/language/operation.ts'
import type { Case, Recipe } from './case.ts'
import { drawSeed, type Planned } from './draws.ts'
import type { Numbers } from './factors.ts'
import { realize } from './fill.ts'
import type { RecipeMaker } from './recipe.ts'

/** How many cases of a plan are of every class, as far as such cases are found. */
const leastOfClass = 2

/** How many cases are drawn in search of one. */
const attempts = 60

/** The classes that few cases of a plan are of: a run must reach each, which is not left to luck. */
export class RareClasses {
  /** How many more cases of each are wanted. */
  readonly #wanted = new Map<string, number>()
  readonly #classes: Operation['classes']
  /** How many searches in a row were in vain: some classes no case of some property is of. */
  #inVain = 0

  constructor({ space }: RecipeMaker, recipes: Iterable<Recipe>) {
    this.#classes = (space as Partial<Operation>).classes ?? {}
    for (const name of Object.keys(this.#classes)) this.#wanted.set(name, leastOfClass)
    for (const recipe of recipes) {
      if (this.#wanted.size === 0) return
      this.#note(realize(space, recipe))
    }
  }

  /** A case of at least one of them; `null` where none is wanted, or none found. */
  find(maker: RecipeMaker, random: fc.Random): Planned | null {
    if (this.#inVain === 2) return null
    this.#inVain++
    for (let i = 0; this.#wanted.size > 0 && i < attempts; i++) {
      const draws = maker.draw(random, coincidence(maker, i, random))
      const [recipe, seed] = [maker.make(draws), drawSeed(random)]
      if (!this.#note(realize(maker.space, { ...recipe, seed }))) continue
      this.#inVain = 0
      return { draws, recipe, seed }
    }
    return null
  }

  /** Whether a case is of a wanted class, of which one less is wanted then. */
  #note(the: Case): boolean {
    let isWanted = false
    for (const [name, more] of this.#wanted) {
      if (!this.#classes[name]!(the)) continue
      isWanted = true
      if (more > 1) this.#wanted.set(name, more - 1)
      else this.#wanted.delete(name)
    }
    return isWanted
  }
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
