import type * as fc from 'fast-check'
import type { Sizes } from '../../spec/language/operation.ts'
import type { Numbers } from './factors.ts'
import type { RecipeMaker } from './recipe.ts'
import { shuffled } from './shuffled.ts'
import { largeStyles, largeTiles, tileSizes } from './style.ts'

/** One axis with the size of a tile. */
interface Tile {
  readonly axis: number
  readonly size: number
  /** The largest size that this axis can have within the work of a case. */
  readonly most: number
}

/** The sizes from one tile to the next, by their places among the sizes of tiles: most lie behind it. */
const around = [7, 15, 31, 63].map((from) =>
  [...tileSizes.keys()].filter((at) => tileSizes[at]! >= from && tileSizes[at]! <= 2 * from),
)

/**
 * The largest sizes up to a place, of each that leaves something over in vectors of four the largest: most that is wrong
 * beyond some tile, wherever that is, shows in all of them, and the rest in one.
 */
function largestUpTo(last: number): readonly number[] {
  return [1, 2, 3].flatMap((left) => {
    const place = tileSizes.slice(0, last + 1).findLastIndex((size) => size % 4 === left)
    return place < 0 ? [] : [place]
  })
}

/**
 * Every axis with every size of a tile that it can have, two axes a case where both fit into one; every two axes with
 * the same one; and every two axes equal with all others 1. First one size around each tile, since a run may not get to
 * all, and the largest that are not too much work, also in the place of those that are.
 */
export function tilesOf(
  maker: RecipeMaker,
  random: fc.Random,
  count = tileSizes.length as number,
): Numbers[] {
  const { axes, equalAxes } = maker
  const most = largestTiles(maker)
  const first = axes.flatMap((_, axis) => {
    const last = most[axis]!
    const chosen = around.map((places) => places[random.nextInt(0, places.length - 1)]!)
    const sizes = new Set([...chosen.filter((size) => size <= last), ...largestUpTo(last)])
    return [...sizes].map((size): Tile => ({ axis: axis + 1, size, most: last }))
  })
  const isFirst = (axis: number, size: number) =>
    first.some((tile) => tile.axis === axis && tile.size === size)
  const rest = axes.flatMap((_, axis) =>
    [...tileSizes.slice(0, count).keys()].flatMap((size): Tile[] =>
      size > most[axis]! || isFirst(axis + 1, size)
        ? []
        : [{ axis: axis + 1, size, most: most[axis]! }],
    ),
  )
  const equal = equalAxes.map((_, i) => ({
    'style equal': i + 1,
    'style equal size': random.nextInt(0, 2),
  }))
  return [
    ...twoToOne(twoByTwo(shuffled(first, random)), shuffled(sameTiles(maker, random), random)),
    ...shuffled([...twoByTwo(shuffled(rest, random)), ...equal], random),
  ]
}

const largest = new WeakMap<RecipeMaker, readonly number[]>()

/** Of every axis, the place of the largest size of a tile that it can have within the work of a case. */
function largestTiles(maker: RecipeMaker): readonly number[] {
  const before = largest.get(maker)
  if (before !== undefined) return before
  const found = maker.axes.map((_, axis) => largestTile(maker, axis + 1))
  largest.set(maker, found)
  return found
}

/** Whether a property has cases with the tiles that are asked for: of whole numbers, cases may be more work. */
export function isHadBy(maker: RecipeMaker, numbers: Numbers): boolean {
  const most = largestTiles(maker)
  return [0, 1].every((slot) => {
    const axis = numbers[`style tile ${slot}`]
    return axis === undefined || numbers[`style tile ${slot} size`]! <= most[axis - 1]!
  })
}

/** The same of one axis: what it has where it was asked for, all else being as plain as it gets. */
function largestTile(maker: RecipeMaker, axis: number): number {
  const symbol = maker.axes[axis - 1]!
  const isHad = (size: number) => {
    const style: Numbers = { 'style tile 0': axis, 'style tile 0 size': size }
    const draws = maker.places.map(({ name, most }) => Math.min(most, style[name] ?? 0))
    return maker.make(draws).sizes[symbol]! >= tileSizes[size]!
  }
  let [had, lacking] = [0, tileSizes.length as number]
  while (lacking - had > 1) {
    const middle = (had + lacking) >> 1
    if (isHad(middle)) had = middle
    else lacking = middle
  }
  return had
}

/** Two axes a case, one that is small beside one that is large, so that both fit into the work of it. */
function twoByTwo(tiles: readonly Tile[]): Numbers[] {
  const both: Numbers[] = []
  const isTaken = new Uint8Array(tiles.length)
  for (let i = 0; i < tiles.length; i++) {
    if (isTaken[i] === 1) continue
    const { axis, size } = tiles[i]!
    let j = i + 1
    while (j < tiles.length && !(isTaken[j] === 0 && fits(tiles[i]!, tiles[j]!))) j++
    const other = tiles[j]
    isTaken[j] = 1
    const numbers = { 'style tile 0': axis, 'style tile 0 size': size }
    both.push(
      other === undefined
        ? numbers
        : { ...numbers, 'style tile 1': other.axis, 'style tile 1 size': other.size },
    )
  }
  return both
}

const fits = (one: Tile, other: Tile) =>
  other.axis !== one.axis && other.size + one.size <= Math.min(one.most, other.most) + 1

/** Two of the ones, then one of the others, and so on. */
function twoToOne(some: readonly Numbers[], others: readonly Numbers[]): Numbers[] {
  const turns = Math.max(Math.ceil(some.length / 2), others.length)
  return Array.from({ length: turns }, (_, i) => [
    ...some.slice(2 * i, 2 * i + 2),
    ...others.slice(i, i + 1),
  ]).flat()
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

/**
 * Values at an end or beyond of every part of a parameter, two parts a case where there are two: every
 * one; or the first few, and as many others.
 */
export function endsOf(
  { leaves, space }: RecipeMaker,
  random: fc.Random,
  count = Number.POSITIVE_INFINITY,
): Numbers[] {
  const all = leaves.flatMap(({ values }, leaf) => {
    const places = [...values.keys()]
    const others = shuffled(places.slice(count), random).slice(0, count)
    return [...places.slice(0, count), ...others].map((value) => ({ leaf: leaf + 1, value }))
  })
  // A few of every part before the others of any.
  const wanted = shuffled(all, random).sort((a, b) => Number(a.value > 3) - Number(b.value > 3))
  const countsOnly = Object.keys(space.inputs).length === 0
  return wanted.map(({ leaf, value }, i) => {
    const other = wanted[(i + 1) % wanted.length]!
    const numbers = { 'style end 0': leaf, 'style end 0 value': value }
    if (countsOnly && i % 4 === 1) return alone(leaves, leaf - 1, random)
    // Counts multiply, so that what is too large for a format shows when all of them are.
    if (countsOnly ? i % 4 > 1 : i % 4 === 3) {
      return { ...everywhere(leaves, random, countsOnly), ...numbers }
    }
    // Every other case has one end only, so that nothing else is in its way.
    if (other.leaf === leaf || i % 2 === 0) return numbers
    return { ...numbers, 'style end 1': other.leaf, 'style end 1 value': other.value }
  })
}

/** One part as large as it gets, or nearly so, and all others at their least: nothing divides it. */
function alone(leaves: RecipeMaker['leaves'], large: number, random: fc.Random): Numbers {
  const least = Object.fromEntries(leaves.map(({ path }) => [`style end of ${path}`, 1]))
  const { path, values } = leaves[large]!
  const place = values.length - random.nextInt(0, Math.min(4, values.length - 1))
  return { ...least, [`style end of ${path}`]: place }
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
