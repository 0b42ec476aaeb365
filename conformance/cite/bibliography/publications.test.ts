import { describe, expect, it } from 'vitest'
import { clauses } from '../../../spec/index.ts'
import type { Clause } from '../../../spec/language/clause.ts'
import { bibliography, described, identifierOf, linkTo } from './publications.ts'

const cited = new Set(
  (clauses as readonly Clause[]).flatMap(({ source, errata }) =>
    [...source.publications, ...errata.map(({ settledBy }) => settledBy)].map(({ title }) => title),
  ),
)

describe('the bibliography', () => {
  it('has every publication that a clause cites, and no other', () => {
    expect([...cited].filter((title) => bibliography[title] === undefined)).toEqual([])
    expect(Object.keys(bibliography).filter((title) => !cited.has(title))).toEqual([])
  })

  it('has a key of its own for each, which BibTeX and LaTeX take', () => {
    const keys = [...cited].map((title) => described({ title }).key)
    expect(new Set(keys).size).toBe(keys.length)
    for (const key of keys) expect(key).toMatch(/^[a-z][a-z0-9]{4,}$/)
  })

  it('has numbers of the right form, none twice', () => {
    for (const { doi = '10.1/x', arxiv = '1234.5678' } of Object.values(bibliography)) {
      expect(doi).toMatch(/^10\.\d+\/\S+$/)
      expect(arxiv).toMatch(/^\d{4}\.\d{4,5}$/)
    }
    for (const number of ['doi', 'arxiv'] as const) {
      const all = Object.values(bibliography).flatMap((entry) => entry[number] ?? [])
      expect(new Set(all).size).toBe(all.length)
    }
  })

  it('takes apart what clauses call a publication', () => {
    expect(
      described({ title: 'Agüera y Arcas, Hinton et al. (2001), On a Thing, second edition' }),
    ).toMatchObject({
      key: 'aguerayarcas2001thing',
      authors: ['Agüera y Arcas', 'Hinton'],
      more: true,
      title: 'On a Thing',
      year: '2001',
    })
    expect(described({ title: 'Keras documentation' })).toMatchObject({
      key: 'kerasdocumentation',
      authors: [],
      title: 'Keras documentation',
      year: null,
    })
  })

  it('links by DOI, else by arXiv number, else to a page', () => {
    const all = { type: 'misc', doi: '10.1/a', arxiv: '1234.5678', url: 'https://a.b' } as const
    const { doi, ...preprint } = all
    const { arxiv, ...page } = preprint
    expect([all, preprint, page].map(linkTo)).toEqual([
      `https://doi.org/${doi}`,
      `https://arxiv.org/abs/${arxiv}`,
      'https://a.b',
    ])
    expect([all, preprint, page, { type: 'misc' } as const].map(identifierOf)).toEqual([
      'doi:10.1/a',
      'arXiv:1234.5678',
      'https://a.b',
      null,
    ])
  })
})
