import * as fc from 'fast-check'
import { xorshift128plus } from 'pure-rand/generator/xorshift128plus'
import type { Precision } from '../../reference/arithmetic/precision.ts'
import type { References } from '../../reference/reference.ts'
import type { Case, Recipe } from '../arbitraries/case.ts'
import { realize } from '../arbitraries/fill.ts'
import { recipeDrawer } from '../arbitraries/recipe.ts'
import { hash } from '../base/hash.ts'
import { Expectations } from './expectations.ts'
import { gridOf } from './grid.ts'
import type { Property } from './property.ts'

/** A case as it is given to implementations of one precision, and what the reference says of it. */
export interface Prepared {
  readonly testCase: Case
  readonly expectations: Expectations
}

/** One drawn or kept case, prepared once for all implementations of the same precision. */
export class Drawn {
  readonly #prepared = new Map<Precision, Prepared>()

  constructor(
    readonly property: Property,
    readonly references: References,
    readonly value: Recipe | Case,
  ) {}

  on(precision: Precision): Prepared {
    const before = this.#prepared.get(precision)
    if (before !== undefined) return before
    const { value, property, references } = this
    const testCase = 'inputs' in value ? value : realize(property.space, value, gridOf(precision))
    const prepared = { testCase, expectations: new Expectations(references) }
    this.#prepared.set(precision, prepared)
    return prepared
  }
}

/**
 * The cases of a property for a seed, one after the other and without end: the very ones that
 * fast-check draws, so that it can go on from any of them, and shrink it, by seed and path.
 */
export function* casesOf(
  property: Property,
  references: References,
  seed: number,
): Generator<Drawn, never> {
  const draw = recipeDrawer(property.space, property.values)
  const generator = xorshift128plus(seed)
  for (;;) {
    generator.jump()
    yield new Drawn(property, references, draw(new fc.Random(generator)))
  }
}

/** A seed of its own for each property, so that properties draw independent cases. */
export function seedOf(seed: number, property: string): number {
  return hash(property, seed)
}
