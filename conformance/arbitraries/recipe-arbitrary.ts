import * as fc from 'fast-check'
import type { Space } from '../../spec/language/operation.ts'
import type { Recipe, Values } from './case.ts'
import { type Draws, drawSeed, type Planned } from './draws.ts'
import { RecipeMaker } from './recipe.ts'

/** The recipes of plain cases of a space, as fast-check generates and shrinks them. */
export function recipes(space: Space, values: Values): fc.Arbitrary<Recipe> {
  const maker = new RecipeMaker(space, values)
  const draws = fc.tuple(
    ...maker.places.map(({ most, isStyle }) => fc.integer({ min: 0, max: isStyle ? 0 : most })),
  )
  const seed = fc.noShrink(fc.integer())
  return fc
    .noBias(fc.tuple(draws, seed))
    .map(([numbers, seed]) => ({ ...maker.make(numbers), seed }))
}

/** The same, from a source of random numbers, in a fraction of the time. */
export function recipeDrawer(space: Space, values: Values): (random: fc.Random) => Recipe {
  const maker = new RecipeMaker(space, values)
  return (random) => ({ ...maker.make(maker.draw(random)), seed: drawSeed(random) })
}

/** Recipes that are smaller than one made of given numbers, from the first number to the last. */
export function smaller(maker: RecipeMaker, { draws, seed }: Planned): fc.Arbitrary<Recipe> {
  return new Smaller(maker, draws).map((numbers) => ({ ...maker.make(numbers), seed }))
}

/** Given numbers, and those that fast-check makes smaller of them. */
class Smaller extends fc.Arbitrary<number[]> {
  readonly #numbers: fc.Arbitrary<number[]>

  constructor(
    maker: RecipeMaker,
    readonly draws: Draws,
  ) {
    super()
    this.#numbers = fc.tuple(...maker.places.map(({ most }) => fc.integer({ min: 0, max: most })))
  }

  override generate(): fc.Value<number[]> {
    return new fc.Value([...this.draws], undefined)
  }

  override canShrinkWithoutContext(value: unknown): value is number[] {
    return this.#numbers.canShrinkWithoutContext(value)
  }

  override shrink(numbers: number[], context: unknown): fc.Stream<fc.Value<number[]>> {
    return this.#numbers.shrink(numbers, context)
  }
}
