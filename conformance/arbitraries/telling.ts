import type * as fc from 'fast-check'
import type { Numbers } from './factors.ts'
import type { RecipeMaker } from './recipe.ts'
import { shuffled } from './shuffled.ts'
import { slots, tileSizes } from './style.ts'

/** The values of a part of a parameter that are nearest to those that are drawn. */
const nearest = 8

/** The sizes of tiles that make a case no dearer than others, even where all code is cold. */
const affordable = (tileSizes as readonly number[]).indexOf(18) + 1

/** So many come first for which tiles are small: a run of a second or two gets no further. */
const cheap = 24

/**
 * Cases that tell much for the time that they take, without end. One axis has the size of a tile, two parts of
 * parameters are at an end or beyond, and every other case is a usual configuration; of every four, one has
 * two equal axes and nothing else, and later one a tile of any size. Each axis, size, part and value comes before any comes again.
 */
export function* tellingOf(
  { axes, leaves, usual, equalAxes }: RecipeMaker,
  random: fc.Random,
): Generator<Numbers, never> {
  const inTurn = (count: number) => inTurns(count, random)
  const [axis, pair, config, leaf] = [axes, equalAxes, usual, leaves].map(({ length }) =>
    inTurn(length),
  ) as [Turns, Turns, Turns, Turns]
  const [small, any, sizeOfPair] = [inTurn(affordable), inTurn(tileSizes.length), inTurn(3)]
  const values = leaves.map((each) => inTurn(Math.min(nearest, each.values.length)))
  const next = (turns: Turns) => turns.next().value

  const ends = () => {
    const first = next(leaf)
    const other = (first + random.nextInt(1, Math.max(1, leaves.length - 1))) % leaves.length
    const numbers: Record<string, number> = {}
    for (const [i, slot] of slots.entries()) {
      const place = [first, other][i]!
      numbers[`style end ${slot}`] = 1 + place
      numbers[`style end ${slot} value`] = next(values[place]!)
    }
    return numbers
  }
  for (let i = 0; ; i++) {
    if (i % 4 === 1 && equalAxes.length > 0) {
      yield { 'style equal': 1 + next(pair), 'style equal size': next(sizeOfPair) }
      continue
    }
    yield {
      'style usual': i % 2 === 0 && usual.length > 0 ? 1 + next(config) : 0,
      'style tile 0': axes.length > 0 ? 1 + next(axis) : 0,
      'style tile 0 size': next(i % 4 === 3 && i > cheap ? any : small),
      ...(leaves.length > 0 ? ends() : {}),
    }
  }
}

type Turns = Generator<number, never>

/** The numbers from 0 on below a count, each before any comes again, in another order each time. */
function* inTurns(count: number, random: fc.Random): Turns {
  const all = Array.from({ length: count }, (_, i) => i)
  for (;;) yield* shuffled(all, random)
}
