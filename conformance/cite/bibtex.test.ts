import { plugins } from '@citation-js/core'
import { describe, expect, it } from 'vitest'
import '@citation-js/plugin-bibtex'
import { clauses } from '../../spec/index.ts'
import { bibtexOf } from './bibtex.ts'
import { citationOf, publicationsOf } from './citation.ts'
import { revision, revisionFrom } from './revision.ts'

const state = revision()
const citations = clauses.map((clause) => citationOf(clause, state))

type Entry = Readonly<Record<string, unknown>>

/** Entries as a parser of BibTeX sees them, which wants all that their types require. */
function entriesIn(text: string): readonly Entry[] {
  const { parse } = plugins.config.get('@bibtex')
  return text.split('\n\n').flatMap((entry) => {
    // It knows nothing that this type requires, and takes that for a mistake.
    parse.strict = !entry.startsWith('@misc')
    const options = { forceType: '@bibtex/text', generateGraph: false }
    return plugins.input.chain(entry, options) as readonly Entry[]
  })
}

/** Letters and digits: a parser prints signs in its own way, that of multiplication by its name. */
const bare = (text: string) => text.replaceAll('×', 'times').replace(/[^\p{L}\p{N}]/gu, '')

describe('BibTeX entries', () => {
  const parsed = new Map(
    entriesIn(bibtexOf(citations, state)).map((entry) => [entry['citation-key'], entry]),
  )

  it('are valid, one for each publication and one for this project', () => {
    const keys = new Set(citations.flatMap(publicationsOf).map(({ key }) => key))
    expect([...parsed.keys()].toSorted()).toEqual(['touchstone', ...keys].toSorted())
  })

  it('say what the bibliography says', () => {
    for (const { described } of citations.flatMap(publicationsOf)) {
      const entry = parsed.get(described.key)!
      expect(bare(String(entry.title))).toBe(bare(described.title))
      expect(entry.DOI).toBe(described.doi)
      const authors = (entry.author ?? []) as readonly Record<string, string>[]
      const names = authors.map((name) => Object.values(name).join(' '))
      expect(names).toEqual([...described.authors, ...(described.more ? ['others'] : [])])
    }
  })

  it.each(citations.map((citation) => [citation.clause, citation] as const))(
    'of %s are there',
    (_, citation) => {
      const text = bibtexOf([citation], state)
      const keys = [...text.matchAll(/^@\w+\{(\w+),$/gm)].map(([, key]) => key)
      expect(keys).toEqual(['touchstone', ...publicationsOf(citation).map(({ key }) => key)])
      expect(text).toContain(citation.clause.replaceAll('_', '\\_'))
    },
  )

  it('name the version and the commit, and where they are read', () => {
    const [first] = clauses
    const checkout = { commit: 'abc', changed: [], remote: 'https://github.com/a/b_c' }
    const here = revisionFrom(checkout, null)
    const text = bibtexOf([citationOf(first!, here)], here)
    expect(text).toContain(`note = {Version ${here.version}, commit abc; clause ${first!.id}},`)
    expect(text).toContain('howpublished = {\\url{https://github.com/a/b_c}}')
    const installed = revisionFrom(null, null)
    expect(bibtexOf([citationOf(first!, installed)], installed)).toContain(
      `note = {Version ${here.version}; clause`,
    )
  })

  it('are not taken where one is spoilt', () => {
    const [, entry] = bibtexOf([citations[0]!], state).split('\n\n')
    expect(entriesIn(entry!)).toHaveLength(1)
    expect(() => entriesIn(entry!.replace('title =', 'subtitle ='))).toThrow()
    expect(() => entriesIn(entry!.replace('{', ''))).toThrow()
  })
})
