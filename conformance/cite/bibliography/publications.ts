import type { Publication } from '../../../spec/language/clause.ts'
import { articles } from './articles.ts'
import { conferences } from './conferences.ts'
import type { Entry } from './entry.ts'
import { others } from './others.ts'

/** Every publication that a clause cites, by what it calls it. */
export const bibliography: Readonly<Record<string, Entry>> = {
  ...articles,
  ...conferences,
  ...others,
}

/** A publication with all that is known of it. */
export interface Described extends Entry {
  /** `goodfellow2016deep`: what BibTeX and LaTeX call it. */
  readonly key: string
  /** Family names, as the clause has them; none of what nobody signs. */
  readonly authors: readonly string[]
  /** Whether there are more authors than are named. */
  readonly more: boolean
  readonly title: string
  readonly year: string | null
}

/** What a clause calls a publication, taken apart, with what the bibliography knows of it. */
export function described({ title: cited }: Pick<Publication, 'title'>): Described {
  const [, names, year, title] = /^(.+?) \((\d{4})\), (.+)$/.exec(cited) ?? []
  const people = (names ?? '').replace(/ et al\.$/, '')
  const authors = people === '' ? [] : people.split(', ')
  const words = `${authors[0] ?? ''} ${year ?? ''} ${title ?? cited}`
  return {
    ...(bibliography[cited] ?? { type: 'misc' }),
    key: keyOf(words, authors.length === 0 ? 5 : 0),
    authors,
    more: names !== undefined && people !== names,
    title: (title ?? cited).replace(/, (?:\w+) edition$/, ''),
    year: year ?? null,
  }
}

/** Where a publication is found, as a link that lasts: by its DOI, else its arXiv number, else its page. */
export function linkTo({ doi, arxiv, url }: Entry): string | null {
  if (doi !== undefined) return `https://doi.org/${doi}`
  return arxiv === undefined ? (url ?? null) : `https://arxiv.org/abs/${arxiv}`
}

/** `doi:10.1109/5.726791` or `arXiv:1603.07285`; the address of a page without such a number. */
export function identifierOf({ doi, arxiv, url }: Entry): string | null {
  if (doi !== undefined) return `doi:${doi}`
  return arxiv === undefined ? (url ?? null) : `arXiv:${arxiv}`
}

const small = new Set(['a', 'an', 'the', 'on', 'do', 'of', 'in'])

/** Name, year and the first word of the title that says something; of an unsigned page, five words. */
function keyOf(text: string, count: number): string {
  const plain = text.replaceAll('ø', 'o').normalize('NFD').toLowerCase()
  const words = plain.replace(/[^\sa-z0-9-]/g, '').match(/[a-z0-9]+/g) ?? []
  if (count > 0) return words.slice(0, count).join('')
  const at = words.findIndex((word) => /^\d{4}$/.test(word))
  const said = words.slice(at + 1).find((word) => !small.has(word)) ?? ''
  return [...words.slice(0, at + 1), said].join('')
}
