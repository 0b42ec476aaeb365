import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { render as renderToString } from 'preact-render-to-string'
import temml from 'temml'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clauses } from '../../spec/index.ts'
import type { Clause } from '../../spec/language/clause.ts'
import { notation } from '../../spec/notation.ts'
import { conforming, errored, hostile, partial, violating } from '../fixtures/sample-reports.ts'
import { withReplays } from '../suite/capsules.ts'
import type { Report } from '../suite/model.ts'
import { experimentsPage } from './experiments-page.tsx'
import { findingsPage } from './findings-page.tsx'
import { Histogram } from './histogram.tsx'
import * as maker from './site.tsx'
import { write, writeAll } from './write.ts'

let folder: string
let good: Report
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'touchstone-site-'))
  good = await conforming()
  const bad = await violating()
  const broken = withReplays(await errored(), () => `npx touchstone replay '${hostile}'`)
  write(good, join(folder, 'good'), maker)
  writeAll([good, bad, broken], join(folder, 'several'), maker)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Every page that was written. */
const pages = () =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.html'))
    .map((file) => join(folder, file))

describe('the site', () => {
  it('has no link that leads nowhere', () => {
    expect(pages().length).toBeGreaterThan(20)
    for (const file of pages()) {
      const html = readFileSync(file, 'utf8')
      for (const [, href] of html.matchAll(/ href="([^"]*)"/g)) {
        const [path = '', anchor] = href!.split('#')
        if (/^https?:/.test(path)) continue
        const target = path === '' ? file : resolve(dirname(file), path)
        expect(existsSync(target), `${file} links to ${href}`).toBe(true)
        if (anchor) expect(readFileSync(target, 'utf8')).toContain(` id="${anchor}"`)
      }
    }
  })

  it('needs nothing but itself, and no script but the one that its policy names', () => {
    for (const file of pages()) {
      const whole = readFileSync(file, 'utf8')
      expect(whole).toContain(`content="default-src 'none'; `)
      const [, policy] = /script-src '([^']+)'/.exec(whole)!
      const [, script] = /<script>([\s\S]*?)<\/script>/.exec(whole) ?? []
      const digest = (text: string) => createHash('sha256').update(text).digest('base64')
      expect(policy).toBe(script === undefined ? 'none' : `sha256-${digest(script)}`)
      // A picture may lie in the page itself.
      const html = whole.replaceAll('<img src="data:image/', '').replace(`<script>${script}`, '')
      expect(html).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|\son[a-z]+=/i)
    }
  })

  it('shows the share of cases that say nothing beside each property', () => {
    const [clause, ...others] = good.clauses
    const [first, ...more] = clause!.properties
    const silent = { ...first!, open: 8, discarded: 8 }
    const report = { ...good, clauses: [{ ...clause!, properties: [silent, ...more] }, ...others] }
    write(report, join(folder, 'silent'), maker)
    const html = readFileSync(join(folder, `silent/clauses/${clause!.id}.html`), 'utf8')
    expect(first!.verdict).toMatchObject({ cases: 16 })
    expect(html).toContain('8 cases (25 %) open: bounds that say nothing; 8 cases (25 %) discarded')
  })

  it('shows what is declined on the front page, beside each property and of each class', async () => {
    write(await partial(), join(folder, 'narrow'), maker)
    const front = readFileSync(join(folder, 'narrow/index.html'), 'utf8')
    expect(front).toMatch(/All 1 clause conform, on \d+ % of the cases/)
    expect(front).toMatch(/It declines \d+ % of the cases: strides above 1\./)
    expect(front).toContain('operation is not provided')
    expect(front).toContain('1 clause about what is not provided')
    const page = readFileSync(join(folder, 'narrow/clauses/cnn.conv2d.forward.html'), 'utf8')
    expect(page).toMatch(/On \d+ % of the cases; it declines: strides above 1 \(\d+ %\)\./)
    expect(page).toMatch(/stride above 1 <small>declined<\/small>/)
  })

  it('shows the formula, the sources, the code and the evidence of a clause', () => {
    const html = readFileSync(join(folder, 'good/clauses/cnn.conv2d.forward.html'), 'utf8')
    expect(html).toContain('<math')
    expect(html).toContain('notes, lines 24–28')
    expect(html).toContain('E-01')
    expect(html).toMatch(/reference\/cnn\/conv2d\.ts:\d+/)
    const text = html.replace(/<[^>]*>/g, '')
    expect(text).toContain('export const conv2d: Reference')
    expect(text).toContain('export const conv2d: Fast')
    expect(html).toContain('<svg')
    expect(html).toContain('flips the kernel')
    expect(html).toContain('stride above 1')
    expect(html).toContain('would each have shown any error at all')
    expect(html).toContain('where ε |y| exceeds the bound of y')
    expect(html).toMatch(
      /shown (any error|an error of [\d.e-]+) in all outputs, and one of [\d.e-]+ in a/,
    )
  })

  it('shows in which cases a bound by adjoints counted', () => {
    const counts = (byAdjoints: readonly number[]) =>
      renderToString(Histogram({ counts: [8, 0, 3, 1], byAdjoints })!)
    expect(counts([0, 0, 0, 0])).not.toMatch(/adjoints|class="deep"/)
    const some = counts([0, 0, 2, 1])
    expect(some).toContain('Of these, 3 have a bound by adjoints.')
    expect(some).toContain('12 cases by share of the bound, 3 of them by adjoints')
    // Two of three cases are two thirds of a bar, all of one its whole height.
    const heights = (css: string) =>
      [...some.matchAll(new RegExp(`<rect${css}[^>]* height="([\\d.]+)"`, 'g'))].map(([, h]) => +h!)
    const [, , three, one] = heights(' x')
    const [deepThree, deepOne] = heights(' class="deep"')
    expect(deepOne).toBe(one)
    // Both are products and quotients of a few doubles, each off by half an ulp.
    expect(Math.abs(deepThree! - (2 * three!) / 3)).toBeLessThanOrEqual(2 * Number.EPSILON * three!)
  })

  it('removes the pages of clauses that a later run does not have, and nothing else', () => {
    const again = join(folder, 'again')
    write(good, again, maker)
    const [first] = good.clauses
    write({ ...good, clauses: [first!] }, again, maker)
    expect(readdirSync(join(again, 'clauses'))).toEqual([`${first!.id}.html`])
  })

  it('shows findings with their links', () => {
    const finding = {
      library: 'a library',
      version: '1.0.0',
      call: 'f(<x>)',
      clause: 'cnn.conv2d.forward',
      case: 'x = 1',
      expected: '1',
      actual: '2',
      upstream: { link: 'https://example.org/1', state: 'open' },
    }
    const html = findingsPage(good, [finding, { ...finding, upstream: null }])
    expect(html).toContain('f(&lt;x>)')
    expect(html).toContain('href="https://example.org/1"')
    expect(html).toContain('no report was found')
  })

  describe('of the experiments', () => {
    const curve = (way: 'rank' | 'bits', accuracies: readonly (number | undefined)[]) => ({
      way,
      points: accuracies.map((accuracy, i) => ({
        at: i + 1,
        rate: 4 - i,
        error: i === 2 ? 0 : 0.1 ** (i + 1),
        bound: 0.5 ** i,
        ...(accuracy !== undefined && { accuracy }),
      })),
    })
    const html = () =>
      experimentsPage(good, {
        layers: [
          {
            title: 'A layer <of> somebody',
            source: 'a package',
            samples: 'numbers',
            rows: 4,
            columns: 3,
            curves: [
              curve('rank', [0.5, 0.75, 1]),
              curve('bits', [undefined, undefined, undefined]),
            ],
          },
        ],
        claims: [
          {
            id: 'a-claim',
            title: 'More is better',
            lines: [1, 2],
            clauses: ['cnn.nowhere'],
            setting: 'Once.',
            margin: 0.01,
            comparisons: [{ says: 'more, against less', of: [0.5, 0.75], with: [0.25, 0.5] }],
          },
        ],
        studies: [
          {
            topic: 'A topic <of> its own',
            claim: {
              id: 'a-study',
              title: 'One is better',
              lines: [3, 3],
              clauses: [],
              setting: 'Twice.',
              margin: 0,
              comparisons: [{ says: 'one, against other', of: [0.5, 0.5], with: [0.75, 0.75] }],
            },
            axis: 'distance',
            quantity: 'height',
            places: [0, 10],
            kinds: [
              {
                name: 'one <kind>',
                seeds: [
                  [1, 4],
                  [1, 16],
                ],
              },
              {
                name: 'other',
                seeds: [
                  [2, 2],
                  [2, 2],
                ],
              },
            ],
            baseline: { says: 'nothing', value: 10 },
          },
        ],
        mixture: {
          axis: 'time',
          places: [0, 5],
          middles: [
            [2, 0],
            [-2, 0],
          ],
          reach: 0.5,
          seed: 1,
          samples: 20,
          games: [
            {
              name: 'a <game>',
              discriminator: [
                [-1, 1],
                [-1, 3],
              ],
              generator: [
                [0, 1],
                [0, 1],
              ],
              counts: [12, 0],
              points: '201 -3,150 20',
            },
          ],
          itself: { name: 'what is sought', counts: [10, 9], points: '200 0' },
        },
        drawings: {
          setting: 'Drawn <once>.',
          clauses: ['gan.nowhere'],
          axis: 'time',
          places: [1, 5],
          discriminator: [1, 2],
          generator: [3, 4],
          grid: { width: 2, height: 2, gray: '0f7a' },
          nearest: [
            { digit: 3, distance: 0.25 },
            { digit: 3, distance: 0.75 },
          ],
          between: { width: 2, height: 1, gray: 'f0' },
          shares: [0, 1],
          fromFirst: [0, 0.5],
          fromLast: [0.5, 0],
        },
      })

    it('draws what was measured, its bound and the rest, with an alternative in words', () => {
      expect(html().match(/<svg viewBox="0 0 520/g)).toHaveLength(8)
      expect(html().match(/role="img" aria-label="[^"]+"/g)).toHaveLength(10)
      expect(html().match(/<path class="line series1 bound" d="M[^"]+L[^"]+"/g)).toHaveLength(2)
      expect(html()).not.toContain('NaN')
    })

    it('leaves an error of 0 out of a logarithmic picture, and has it in the table', () => {
      const [errors] = [...html().matchAll(/<path class="line series0" d="M([^"]+)"/g)]
      expect(errors![1]!.split('L')).toHaveLength(2)
      expect(html()).toContain(
        '<th scope="row">3</th><td>2</td><td>0</td><td>0.25</td><td>100.0 %</td>',
      )
    })

    it('draws kinds side by side: the middle of the seeds, a band around it, and what is to be beaten', () => {
      // From 1 to 100, so that 4, 8 and 16 are at 70, 55 and 40 % of 148 below 8; 46 and 512 are the sides.
      expect(html()).toContain('<path class="band series0" d="M46,156L512,66.9L512,111.4L46,156Z"')
      expect(html()).toContain('<path class="line series0" d="M46,156L512,89.2"')
      expect(html()).toContain('<path class="line series2 bound" d="M46,82L512,82"')
      expect(html()).toContain('at 0 and at 10: one &lt;kind>, 1 and 8; other, 2 and 2.')
    })

    it('has the middle and both ends of seeds in a table', () => {
      expect(html()).toContain('<th scope="row">10</th><td>8 (4 to 16)</td><td>2 (2 to 2)</td>')
      expect(html()).toContain('<td>does not hold</td>')
    })

    it('shows samples in the plane, upwards as usual, and how they are shared out', () => {
      expect(html()).toContain('<path d="M201 3h0M150 -20h0"')
      expect(html()).toContain('12 of 20 belong to a mode, between 0 and 12 to each.')
      expect(html()).toContain(
        '<th scope="row">a &lt;game></th><td>12</td><td>0</td><td>8</td></tr><tr><th scope="row">what is sought</th><td>10</td><td>9</td><td>1</td>',
      )
    })

    it('draws what is below 0 on a linear scale, with lines across at round numbers', () => {
      // From −1 to 3, so that 2, the mean of 1 and 3, is at a quarter of 148 below 8; 46 and 512 are the sides.
      expect(html()).toContain('<path class="line series0" d="M46,156L512,45"')
      expect(html()).toContain('<th scope="row">5</th><td>2 (1 to 3)</td><td>1 (1 to 1)</td>')
      const [labels] = [...html().matchAll(/text-anchor="end">(-1)</g)]
      expect(labels).toBeDefined()
    })

    it('shows images with their sizes and an alternative, and their numbers below', () => {
      expect(html()).toMatch(
        /<img src="data:image\/bmp;base64,[^"]+" alt="2 images[^"]+" width="4" height="4"/,
      )
      expect(html()).toContain(
        '<th scope="row">images</th><td>0</td><td>0</td><td>0</td><td>2</td><td>0</td>',
      )
      expect(html()).toContain(
        '<th scope="row">distance from the last</th><td>0.5</td><td>0</td></tr>',
      )
    })

    it('says how a claim came out, by how much, and in which lines it is made', () => {
      expect(html()).toContain('Notes, lines 1–2.')
      expect(html()).toContain('<td>+25.00 (+25.00 to +25.00)</td><td>holds</td>')
      expect(html()).toContain('A layer &lt;of> somebody')
    })
  })
})

describe('the formulas of every clause', () => {
  it.each((clauses as readonly Clause[]).map((clause) => [clause.id, clause] as const))(
    '%s',
    (_, { formula, statement, domain, conventions, errata }) => {
      const texts = [
        statement,
        domain,
        ...conventions.flatMap(({ choice, others }) => [choice, others]),
        ...errata.flatMap(({ says, counterexample, correction }) => [
          says,
          counterexample,
          correction,
        ]),
      ]
      const inline = texts.flatMap((text) =>
        [...text.matchAll(/\$([^$]+)\$/g)].map(([, latex]) => latex!),
      )
      for (const latex of [formula, ...inline]) {
        expect(temml.renderToString(latex, { throwOnError: true })).toContain('<math')
      }
    },
  )

  it('include those of the notation', () => {
    for (const { latex } of notation) {
      expect(temml.renderToString(latex, { throwOnError: true })).toContain('<math')
    }
  })
})
