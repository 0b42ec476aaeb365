import { citations } from './citations.browser.ts'
import type * as node from './excerpt.ts'
import { citedIn, isMostlyText, nameOf, unpacked } from './packed.ts'

/** What a bundle holds of the code that is cited; a script that cites nothing has none. */
interface Held {
  /** What is mostly text, by the number of its place: each is put behind the module that it is part of. */
  readonly texts: Readonly<Record<number, string>>
  /** All other, in order. */
  readonly rest?: string
}

const { touchstoneExcerpts: held } = globalThis as { readonly touchstoneExcerpts?: Held }

let known: ReadonlyMap<string, string> | null = null

/** Unpacked when it is first asked for, which is for a page of a report. */
function excerptsIn({ texts, rest = '' }: Held): ReadonlyMap<string, string> {
  const others = unpacked(rest)[Symbol.iterator]()
  const named = [...citedIn(citations())].map(([name, place], i) => {
    const text = isMostlyText(place) ? unpacked(texts[i] ?? '')[0] : others.next().value
    return [name, text!] as const
  })
  return new Map(named)
}

export const excerptOf: typeof node.excerptOf = (place) => {
  if (held === undefined) return ''
  known ??= excerptsIn(held)
  return known.get(nameOf(place)) ?? ''
}

/** The page has excerpts of sources, and no whole ones. */
export const fileOf: typeof node.fileOf = (path) => ({ path, line: 1, first: 1, last: 1 })
