import type * as fc from 'fast-check'
import type { Numbers } from './factors.ts'
import type { RecipeMaker } from './recipe.ts'
import { slots, tileSizes } from './style.ts'

/** The values of a part of a parameter that are nearest to those that are drawn. */
const nearest = 8

/** The sizes of tiles that make a case no dearer than others, even where all code is cold. */
const affordable = (tileSizes as readonly number[]).indexOf(18) + 1

/**
 * A case that tells much for the time that it takes: one axis with the size of a tile, two parts of parameters at an
 * end or beyond, and every other one a usual configuration.
 */
export function tellingOf({ axes, leaves, usual }: RecipeMaker, random: fc.Random): Numbers {
  const pick = (count: number) => random.nextInt(0, Math.max(0, count - 1))
  const numbers: Record<string, number> = {
    'style usual': pick(2) * pick(usual.length + 1),
    'style tile 0': axes.length > 0 ? 1 + pick(axes.length) : 0,
    'style tile 0 size': pick(affordable),
  }
  if (leaves.length === 0) return numbers
  const first = pick(leaves.length)
  const places = [first, (first + 1 + pick(leaves.length - 1)) % leaves.length]
  for (const [i, slot] of slots.entries()) {
    const place = places[i]!
    numbers[`style end ${slot}`] = 1 + place
    numbers[`style end ${slot} value`] = pick(Math.min(nearest, leaves[place]!.values.length))
  }
  return numbers
}
