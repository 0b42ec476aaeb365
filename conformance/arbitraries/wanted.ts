import type * as fc from 'fast-check'
import type { Sizes } from '../../spec/language/operation.ts'
import type { Numbers } from './factors.ts'
import type { RecipeMaker } from './recipe.ts'
import { shuffled } from './shuffled.ts'
import { largeStyles, largeTiles, slots, tileSizes } from './style.ts'

/** Every usual configuration. */
export function usualOf({ usual }: RecipeMaker): readonly Numbers[] {
  return usual.map((_, i) => ({ 'style usual': i + 1 }))
}

/**
 * Every axis with every size of a tile, two axes a case; every two axes with the same one; and every
 * two axes equal with all others 1.
 */
export function tilesOf(
  maker: RecipeMaker,
  random: fc.Random,
  count = tileSizes.length as number,
): Numbers[] {
  const { axes, equalAxes } = maker
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
  return shuffled([...both, ...sameTiles(maker, random), ...equal], random)
}

/** Sizes that whole tiles fill, by their places among the sizes of tiles. */
const wholeTiles = [8, 16, 32, 64].map((size) => (tileSizes as readonly number[]).indexOf(size))

/** Every two axes with the same number of elements, one that tiles of some width fill. */
function sameTiles({ axes, equalAxes }: RecipeMaker, random: fc.Random): Numbers[] {
  return equalAxes.map(([first, second]) => {
    const size = wholeTiles[random.nextInt(0, wholeTiles.length - 1)]!
    return {
      'style tile 0': axes.indexOf(first) + 1,
      'style tile 0 size': size,
      'style tile 1': axes.indexOf(second) + 1,
      'style tile 1 size': size,
    }
  })
}

/**
 * Cases with far more work than others, in which as many axes as that allows have sizes that whole tiles
 * fill: 4, 8, 16 and 32, and once more the larger ones in a usual configuration.
 */
export function largeOf({ axes, usual }: RecipeMaker, random: fc.Random): Numbers[] {
  if (axes.length < 2) return []
  const orders = Math.floor(largeStyles / largeTiles.length)
  const wanted = [...largeTiles.keys(), ...(usual.length > 0 ? [2, 3, 3] : [])]
  // One order after the other, so that those with the same tiles begin with different axes.
  const first = random.nextInt(0, orders - 1)
  return wanted.map((tile, i) => ({
    'style large': 1 + tile + largeTiles.length * ((first + i) % orders),
    'style usual': i < largeTiles.length ? 0 : random.nextInt(1, usual.length),
  }))
}

/** One in so many with a part of a parameter at an end or beyond as well. */
export function withEnds(
  tiles: Numbers[],
  { leaves }: RecipeMaker,
  random: fc.Random,
  oneIn: number,
): Numbers[] {
  if (leaves.length === 0) return tiles
  return tiles.map((numbers, i) => {
    const leaf = random.nextInt(0, leaves.length - 1)
    const value = random.nextInt(0, Math.min(7, leaves[leaf]!.values.length - 1))
    return i % oneIn > 0
      ? numbers
      : { ...numbers, 'style end 0': leaf + 1, 'style end 0 value': value }
  })
}

/** The second tile of a case that was too much work with both, to be had alone. */
export function tileLeftOut({ axes }: RecipeMaker, numbers: Numbers, sizes: Sizes): Numbers | null {
  const axis = numbers['style tile 1']
  const size = numbers['style tile 1 size']
  if (axis === undefined || size === undefined) return null
  if (sizes[axes[axis - 1]!]! >= tileSizes[size]!) return null
  return { 'style tile 0': axis, 'style tile 0 size': size }
}

/** Every value at an end or beyond of every part of a parameter, two parts a case where there are two. */
export function endsOf(
  { leaves, space }: RecipeMaker,
  random: fc.Random,
  count = Number.POSITIVE_INFINITY,
): Numbers[] {
  const all = leaves.flatMap(({ values }, leaf) =>
    values.slice(0, count).map((_, value) => ({ leaf: leaf + 1, value })),
  )
  // A few of every part before the others of any.
  const few = (value: number) => Math.floor(value / 4)
  const wanted = shuffled(all, random).sort((a, b) => few(a.value) - few(b.value))
  const countsOnly = Object.keys(space.inputs).length === 0
  return wanted.map(({ leaf, value }, i) => {
    const other = wanted[(i + 1) % wanted.length]!
    const numbers = { 'style end 0': leaf, 'style end 0 value': value }
    // Counts multiply, so that what is too large for a format shows when all of them are.
    if (countsOnly ? i % 4 > 0 : i % 4 === 3) {
      return { ...everywhere(leaves, random, countsOnly), ...numbers }
    }
    // Every other case has one end only, so that nothing else is in its way.
    if (other.leaf === leaf || i % 2 === 0) return numbers
    return { ...numbers, 'style end 1': other.leaf, 'style end 1 value': other.value }
  })
}

/**
 * A value at an end or beyond for most parts of all parameters: one of the nearest few; or for every
 * other one, where that makes a case no dearer, half of them near, half far.
 */
function everywhere(leaves: RecipeMaker['leaves'], random: fc.Random, far: boolean): Numbers {
  const numbers: Record<string, number> = {}
  // Of several alternatives, one whose parts are given is the one that is taken.
  const left = new Set<string>()
  for (const { path } of leaves) {
    const [whole, alternative] = path.split('|') as [string, string | undefined]
    if (alternative !== undefined && random.nextInt(0, 1) === 0) left.add(whole)
  }
  for (const { path, values } of leaves) {
    if (left.has(path.split('|')[0]!) || random.nextInt(0, far ? 1 : 3) === 0) continue
    const near = far ? Math.ceil(values.length / 2) : Math.min(5, values.length)
    const most = far && random.nextInt(0, 1) === 0 ? values.length : near
    numbers[`style end of ${path}`] = random.nextInt(1, most)
  }
  return numbers
}
