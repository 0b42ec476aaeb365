import { render } from 'preact-render-to-string'
import { beforeAll, describe, expect, it } from 'vitest'
import { lineCount } from '../../spec/notes.ts'
import { conforming, violating } from '../fixtures/sample-reports.ts'
import type { Report } from '../suite/model.ts'
import { Bars } from './bars.tsx'
import { coveragePage } from './coverage-page.tsx'
import { faultsPage } from './faults-page.tsx'
import { notesPage } from './notes-page.tsx'

let good: Report
let bad: Report
beforeAll(async () => {
  good = await conforming()
  bad = await violating()
})

describe('bars', () => {
  const html = () =>
    render(
      Bars({
        label: 'Four of <one>, and one of the other.',
        kinds: [
          { name: 'seen', colour: 'good' },
          { name: 'unseen', colour: 'bad' },
        ],
        bars: [
          { name: 'one', parts: [3, 1] },
          { name: 'other', parts: [0, 1] },
        ],
        row: 'thing',
      }),
    )

  it('are as long as their numbers, one part behind the other', () => {
    const [three, one, alone] = [
      ...html().matchAll(/<rect class="(\w+)" x="([\d.]+)"[^>]*? width="([\d.]+)"/g),
    ].map(([, colour, x, width]) => ({ colour, x: Number(x), width: Number(width) }))
    expect([three, one, alone].map((bar) => bar!.colour)).toEqual(['good', 'bad', 'bad'])
    // Numbers are written with one decimal: a width is off by 0.05, three of them by 0.15.
    expect(Math.abs(three!.width - 3 * one!.width)).toBeLessThan(0.2)
    expect(Math.abs(one!.x - (three!.x + three!.width))).toBeLessThan(0.2)
    expect(alone).toEqual({ ...one, x: three!.x })
  })

  it('have an alternative in words, and all numbers in a table', () => {
    expect(html()).toContain('aria-label="Four of &lt;one>, and one of the other."')
    expect(html()).toContain('<th scope="row">one</th><td>3</td><td>1</td>')
  })
})

describe('the page on coverage', () => {
  it('has the way of each clause from its statement to its verdict', () => {
    const html = coveragePage([{ report: good, folder: '' }])
    expect(html).toMatch(/<strong>2<\/strong> proven by killed faults/)
    expect(html).toMatch(
      /cnn\.conv2d\.forward<\/th><td>yes<\/td><td>\d+<\/td><td><span class>(\d+) of \1<\/span>/,
    )
    expect(html).not.toContain('without evidence</h2>')
    expect(html).toContain('Random draws are inputs of an operation')
    expect(html).toContain('href="notes.html#line-78"')
  })

  it('shows a claim without evidence before everything else', () => {
    const [clause, ...others] = good.clauses
    const [first, ...more] = clause!.properties
    const survivor = { name: 'cnn.conv2d: adds <nothing>', killed: false, cases: 100 }
    const properties = [{ ...first!, faults: [survivor] }, ...more]
    const guilty = { ...good, clauses: [{ ...clause!, tested: false, properties }, ...others] }
    const html = coveragePage([{ report: guilty, folder: '' }])
    expect(html).toMatch(/<h2 class="bad">1 claim without evidence<\/h2>/)
    expect(html).toContain('the fault cnn.conv2d: adds &lt;nothing> was not noticed in 100 cases')
    expect(html.indexOf('without evidence</h2>')).toBeLessThan(html.indexOf('id="areas"'))
    expect(faultsPage(guilty)).toMatch(/not noticed<\/text>/)
  })

  it('has the verdicts of several runs side by side, each with its link', () => {
    const html = coveragePage([
      { report: good, folder: 'good/' },
      { report: bad, folder: 'bad/' },
    ])
    expect(html).toContain('<a class="chip conforms" href="good/clauses/cnn.conv2d.forward.html">')
    expect(html).toContain('<a class="chip violates" href="bad/clauses/cnn.conv2d.forward.html">')
    expect(html).toContain('href="good/notes.html#line-78"')
  })
})

describe('the ledger as a picture', () => {
  it('has a field a line, of which the written ones lead to what became of them', () => {
    const html = notesPage(good)
    const picture = html.slice(html.indexOf('<svg'), html.indexOf('</svg>'))
    expect(picture.match(/<rect /g)).toHaveLength(lineCount)
    const links = [...picture.matchAll(/href="#(line-\d+)"/g)].map(([, id]) => id!)
    expect(links).toHaveLength(317)
    for (const id of links) expect(html).toContain(`id="${id}"`)
    expect(picture).toMatch(/<title>line 28: [^<]*cnn\.conv2d\.forward/)
    expect(picture.match(/class="blank"/g)).toHaveLength(lineCount - 317)
  })
})
