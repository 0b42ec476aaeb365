import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { describe, expect, it } from 'vitest'
import { clauses } from '../../spec/index.ts'
import { hostile } from '../fixtures/sample-reports.ts'
import { type Citation, citationOf } from './citation.ts'
import { markdownOf } from './markdown.ts'
import { revisionFrom } from './revision.ts'

const checkout = { commit: 'abc', changed: [], remote: 'https://github.com/a/b' }
const citations = clauses.map((clause) => citationOf(clause, revisionFrom(checkout, null)))

/** As GitHub shows it, with formulas still as text. */
const shown = (text: string) =>
  micromark(text, { extensions: [gfm()], htmlExtensions: [gfmHtml()] })

const textOf = (html: string) =>
  html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')

/** What a reader sees of text of the specification: dollar signs around formulas, no backticks. */
const read = (text: string) => text.replaceAll('`', '').replace(/\s+/g, ' ')

describe('Markdown', () => {
  it.each(citations.map((citation) => [citation.clause, citation] as const))(
    'of %s renders as it is meant',
    (_, citation) => {
      const html = shown(markdownOf([citation]))
      const text = textOf(html).replaceAll('`', '')
      const [, formula] = /<pre><code class="language-math">([\s\S]*?)\n<\/code><\/pre>/.exec(html)!
      expect(textOf(formula!)).toBe(citation.formula)
      for (const said of [citation.title, citation.statement]) expect(text).toContain(read(said))
      for (const { says, correction } of citation.errata) {
        expect(text).toContain(read(says))
        expect(text).toContain(read(correction))
      }
      for (const { title, where, link } of citation.source.publications) {
        expect(text).toContain(`${title}, ${read(where)}`)
        if (link !== null) expect(html).toContain(`<a href="${link.replaceAll('&', '&amp;')}">`)
      }
      const tags = [...html.matchAll(/<(\w+)/g)].map(([, tag]) => tag)
      const expected = ['h3', 'code', 'pre', 'p', 'ul', 'li', 'a']
      expect(tags.filter((tag) => !expected.includes(tag!))).toEqual([])
      const { reference } = citation.operations[0]!
      expect(html).toContain(`<a href="${reference!.link}"><code>${reference!.path}:`)
    },
  )

  it('shows what an implementation says as text', () => {
    const said = {
      implementation: hostile,
      version: '*1*',
      device: '[x](http://x)',
      outcome: 'violates',
    }
    const rest = {
      properties: 1,
      cases: 1,
      worstUtilization: null,
      reason: '| `a` <b>',
      startedAt: '',
      commit: null,
    }
    const [citation] = citations
    const html = shown(markdownOf([{ ...citation!, verdicts: [{ ...said, ...rest }] } as Citation]))
    expect(html).not.toMatch(/<script|<b>|<em>|href="http:\/\/x/)
    expect(textOf(html)).toContain('*1* on [x](http://x): violates: | `a` <b>')
  })
})
