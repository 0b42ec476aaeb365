import type { Described } from './bibliography/publications.ts'
import { type Citation, publicationsOf } from './citation.ts'
import { ownKey } from './latex.ts'
import { latexText } from './latex-text.ts'
import type { Revision } from './revision.ts'

type Fields = Readonly<Record<string, string | null | undefined>>

/** The entries of BibTeX for all that clauses cite, and for this project with the ids of the clauses. */
export function bibtexOf(citations: readonly Citation[], { forge }: Revision): string {
  const publications = citations.flatMap(publicationsOf).map(({ described }) => described)
  const entries = new Map(publications.map((publication) => [publication.key, publication]))
  const [first] = citations
  const own = first && ownEntry(first, citations, forge?.home ?? null)
  return [...(own ? [own] : []), ...[...entries.values()].map(entryOf)].join('\n\n')
}

function ownEntry(
  { touchstone: { version, commit } }: Citation,
  citations: readonly Citation[],
  home: string | null,
): string {
  const ids = citations.map(({ clause }) => clause)
  const shown = ids.slice(0, 8)
  const more = ids.length > shown.length ? ` and ${ids.length - shown.length} more` : ''
  return written('misc', ownKey, {
    author: '{The Touchstone authors}',
    title: '{Touchstone}: an executable specification of deep-learning mathematics',
    howpublished: home === null ? 'Software' : `\\url{${home}}`,
    note: `Version ${version}${commit === null ? '' : `, commit ${commit}`}; clause${ids.length === 1 ? '' : 's'} ${latexText(shown.join(', '))}${more}`,
  })
}

function entryOf(publication: Described): string {
  const { type, key, authors, more, title, year, volume, number, edition, doi, arxiv, url } =
    publication
  const names = [...authors.map(nameIn), ...(more ? ['others'] : [])].join(' and ')
  return written(type, key, {
    author: names === '' ? null : names,
    // Entries without authors are sorted by their keys.
    key: names === '' ? key : null,
    title: titleIn(title),
    ...containerOf(publication),
    year,
    volume,
    number: number?.replace('–', '--'),
    edition: edition && edition[0]!.toUpperCase() + edition.slice(1),
    doi,
    ...(arxiv === undefined ? {} : { eprint: arxiv, archiveprefix: 'arXiv' }),
    howpublished: type === 'misc' ? readAt(publication) : null,
    url: type === 'misc' ? null : url,
  })
}

function readAt({ doi, arxiv, url }: Described): string | null {
  if (arxiv !== undefined) return `arXiv:${arxiv}`
  return url === undefined ? (doi ?? null) : `\\url{${url}}`
}

function containerOf({ type, in: container, publisher }: Described): Fields {
  if (container === undefined) return {}
  const name = latexText(container)
  if (type === 'article') return { journal: name }
  return type === 'book' ? { publisher: name } : { booktitle: name, publisher }
}

function written(type: string, key: string, fields: Fields): string {
  const lines = Object.entries(fields).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [`  ${name} = {${value}},`],
  )
  return `@${type}{${key},\n${lines.join('\n')}\n}`
}

/** A family name of several words is one name, whatever BibTeX makes of small ones. */
function nameIn(name: string): string {
  return name.includes(' ') ? `{${latexText(name)}}` : latexText(name)
}

/** Styles write titles in small letters: braces keep those of names and abbreviations. */
function titleIn(title: string): string {
  return title
    .split(' ')
    .map((word, position) => {
      const named = position === 0 ? /.[A-Z]/.test(word) : /[A-Z]/.test(word)
      return named ? `{${latexText(word)}}` : latexText(word)
    })
    .join(' ')
}
