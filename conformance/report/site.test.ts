import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { render as renderToString } from 'preact-render-to-string'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { conforming, errored, hostile, partial, violating } from '../fixtures/sample-reports.ts'
import { withReplays } from '../suite/capsules.ts'
import type { Report } from '../suite/model.ts'
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
})
