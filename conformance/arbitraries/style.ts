import type { Usual } from '../../spec/language/operation.ts'
import type { Fixed } from './parameter.ts'

/**
 * Sizes around those of vectors, tiles and blocks, where code takes another path: one before each, the tile itself,
 * and one and two behind it, so that vectors of four leave over 3, nothing, 1 and 2. The few in the middle are there
 * for what vectors of eight leave over, 6, 5, 3 and 4; of the largest, there are those that leave something.
 */
export const tileSizes = [
  7, 8, 9, 10, 15, 16, 17, 18, 22, 31, 32, 33, 34, 37, 43, 63, 64, 65, 66, 92, 127, 128, 129, 130,
  257, 258, 259,
] as const

/** What the sizes of a large case are filled by; the more of its axes, the better. */
export const largeTiles = [4, 8, 16, 32] as const

/** Every width of a tile with several orders of the axes. */
export const largeStyles = 16 * largeTiles.length

/** How many sizes of tiles, and how many values at or beyond an end, one case has at most. */
export const slots = [0, 1] as const

/** Which sizes a case has on purpose. */
export interface Styled {
  readonly usual: Usual | undefined
  /** Sizes that axes have whatever was drawn for them; others are then small. */
  readonly tiles: ReadonlyMap<string, number>
  readonly small: 'few' | 'least'
  /** How many times what was drawn beyond the least size is halved. */
  readonly halved?: number
}

/** What a case has on purpose. */
export interface Style extends Styled {
  /** Values of parts of parameters. */
  readonly fixed: Fixed
  /** Whether it may be far more work than other cases. */
  readonly large: boolean
}

/** Those that lie as to tiles that are half as wide, again and again: 129, 65, 33, 17 and 9 for 257. */
function smallerTiles(size: number): readonly number[] {
  const beside = (of: number) => (of + 1) % 4
  return tileSizes.filter((tile) => tile < size && beside(tile) === beside(size)).toReversed()
}

/** The same style with less and less work, until it is a plain recipe. */
export function* lessAndLess({ tiles, small, fixed }: Style, confined: boolean) {
  const none = new Map<string, number>()
  yield { tiles, small, ends: true, halved: 0 }
  if (tiles.size > 0) yield { tiles, small: 'least' as const, ends: true, halved: 0 }
  // Of a large case, as many axes as there is work for.
  for (let axes = tiles.size - 1; axes > 1; axes--) {
    const fewer = new Map([...tiles].slice(0, axes))
    yield { tiles: fewer, small: 'least' as const, ends: true, halved: 0 }
  }
  const [first, ...more] = tiles
  if (first !== undefined && more.length > 0) {
    yield { tiles: new Map([first]), small: 'least' as const, ends: true, halved: 0 }
  }
  // What grows with the square of an axis reaches the next smaller tile at least, on the same side of it.
  for (const size of first === undefined ? [] : smallerTiles(first[1])) {
    yield { tiles: new Map([[first![0], size]]), small: 'least' as const, ends: true, halved: 0 }
  }
  if (tiles.size > 0 && fixed.size > 0)
    yield { tiles, small: 'least' as const, ends: false, halved: 0 }
  if (tiles.size > 0) yield { tiles: none, small, ends: true, halved: 0 }
  if (fixed.size > 0) yield { tiles: none, small, ends: false, halved: 0 }
  // Within a range, sizes may be larger than those that are drawn, and more may be left of an image.
  for (let halved = 1; confined && halved <= 4; halved++) {
    yield { tiles: none, small, ends: false, halved }
  }
}
