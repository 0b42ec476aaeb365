/** Where the axes of a specified array go: `order[i]` is the one that comes at place `i`. */
export type Order = readonly number[]

/** All arrays at once: images as N × K × H × W and filters as Q × K × H × W, or as they are specified. */
export const layouts = ['channels first', 'channels last'] as const
export type Layout = (typeof layouts)[number]

/** The axes of an array in the order that is wanted, by their letters (`NKHW`) or by their places. */
export type WrittenOrder = string | Order

/** What is wrong with a declared order, in words. */
export class WrongAxes extends Error {
  override readonly name = 'WrongAxes'
}

/** An array of images: images, rows, columns, channels. */
export function isImage(axes: readonly string[]): boolean {
  return axes.length === 4 && (axes[0] === 'N' || axes[0] === 'R')
}

/** Channels before places: of images after the image, of filters those of the output first. */
export function orderIn(layout: Layout, axes: readonly string[]): Order | null {
  if (layout === 'channels last') return null
  if (isImage(axes)) return [0, 3, 1, 2]
  // The outputs of a channel follow each other, as they do in its product with the multiplier.
  if (axes.length === 4) return axes.at(-1) === 'M' ? [2, 3, 0, 1] : [3, 2, 0, 1]
  // Filters that belong to a place each, and what is added there.
  if (axes.length === 6) return [5, 4, 0, 1, 2, 3]
  return axes.length === 3 && axes[0] === 'Ho' ? [2, 0, 1] : null
}

/** The letters of an order as it is written: `NKHW`, `N K H W` and `N, K, H, W` are the same. */
const letters = (text: string) => text.match(/[A-Z][a-z0-9]*/g) ?? []

/** How many axes an order as it is written has. */
export function lengthOf(written: WrittenOrder): number {
  return typeof written === 'string' ? letters(written).length : written.length
}

/**
 * Reads an order. An axis goes by its symbol or the first letter of it, as long as no other one does;
 * the axes of images also by N, C, H, W, those of filters by O, I, H, W or Q, K, H, W.
 *
 * @throws {WrongAxes} a letter that names no axis, an axis that is missing or comes twice
 */
export function readOrder(written: WrittenOrder, axes: readonly string[], array: string): Order {
  const shown = typeof written === 'string' ? `'${written}'` : JSON.stringify(written)
  const wrong = (why: string) =>
    new WrongAxes(`${shown} is no order of the axes ${axes.join(' × ')} of ${array}: ${why}`)
  const places = typeof written === 'string' ? namedPlaces(written, axes, wrong) : written
  const missing = axes.find((_, axis) => !places.includes(axis))
  if (missing !== undefined) throw wrong(`${missing} is missing`)
  if (places.length !== axes.length) throw wrong('an axis comes twice')
  return places
}

function namedPlaces(text: string, axes: readonly string[], wrong: (why: string) => WrongAxes) {
  const given = letters(text)
  const rest = text.replace(/[A-Z][a-z0-9]*|[\s,×]/g, '')
  if (rest !== '') throw wrong(`${rest} is no letter of an axis`)
  const names = namesOf(axes)
  return given.map((letter) => {
    const axis = names.findIndex((of) => of.includes(letter))
    if (axis >= 0) return axis
    const twice = axes.filter((symbol) => symbol.startsWith(letter)).length > 1
    throw wrong(
      twice ? `${letter} names several, so give places such as [1, 0]` : `${letter} names none`,
    )
  })
}

/** What each axis may be called. */
function namesOf(axes: readonly string[]): readonly (readonly string[])[] {
  const own = axes.map((symbol) =>
    [symbol, symbol[0]!].filter(
      (name) => axes.filter((other) => other === name || other[0] === name).length === 1,
    ),
  )
  const roles = isImage(axes) ? ['N', 'H', 'W', 'CK'] : ['H', 'W', 'IK', 'OQ']
  if (axes.length !== 4) return own
  const taken = new Set(own.flat())
  return own.map((names, axis) => [
    ...names,
    ...[...roles[axis]!].filter((name) => !taken.has(name)),
  ])
}
