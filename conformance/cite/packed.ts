import type { Citations, Place } from './citations.ts'

/** All that is cited, by the names of its places, in order. */
export function citedIn({ clauses, operations }: Citations): ReadonlyMap<string, Place> {
  const places = [
    ...Object.values(clauses).flatMap(({ statement, properties }) => [statement, ...properties]),
    ...Object.values(operations).flatMap((trees) => Object.values(trees)),
  ].filter((place) => place !== null)
  const named = new Map(places.map((place) => [nameOf(place), place]))
  return new Map([...named].sort(([a], [b]) => (a < b ? -1 : 1)))
}

export function nameOf({ path, first, last }: Place): string {
  return `${path}:${first}-${last}`
}

/** Whether the code at a place is mostly text, which the module that it is part of has as well. */
export function isMostlyText({ path }: Place): boolean {
  return path.startsWith('spec/')
}

const separator = '\f'

/** Pieces of code as one text that compresses well: a tab stands for each step of indentation. */
export function packed(pieces: readonly string[]): string {
  return pieces
    .map((piece) => {
      if (/[\t\f]/.test(piece)) throw new Error(`it has tabs of its own: ${piece.slice(0, 80)}`)
      return piece.replace(/^(?: {2})+/gm, (margin) => '\t'.repeat(margin.length / 2))
    })
    .join(separator)
}

/** The pieces of such a text. */
export function unpacked(text: string): readonly string[] {
  return text
    .split(separator)
    .map((piece) => piece.replace(/^\t+/gm, (margin) => '  '.repeat(margin.length)))
}
