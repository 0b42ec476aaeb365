import { describe, expect, it } from 'vitest'
import { suiteCommit } from '../base/runtime.ts'
import { version } from '../base/touchstone.ts'
import { conforming, reportOn, right, violating } from '../fixtures/sample-reports.ts'
import type { Environment, Report } from '../suite/model.ts'
import { linesOf } from './lines.ts'
import { matrixSite, siteOf } from './site.tsx'

const { 'cnn.conv2d': convolve } = right.operations
const narrow = { ...right, operations: { 'cnn.conv2d': convolve! } }
const clauses = ['cnn.conv2d.forward', 'resnet.block.forward']
const [good, bad, partial] = await Promise.all([
  conforming(),
  violating(),
  reportOn(narrow, clauses, 2),
])

const as = (report: Report, more: Partial<Environment>): Report => ({
  ...report,
  environment: { ...report.environment, ...more },
})
const named = (report: Report, name: string, version: string, startedAt: string) =>
  as(report, { implementation: { name, version }, startedAt, device: 'wasm' })
const old = named(bad, 'tfjs:wasm', '4.21.0', '2026-01-02T00:00:00Z')
const young = named(good, 'tfjs:wasm', '4.22.0', '2026-03-04T00:00:00Z')

/** The text of a page without its markup. */
const textOf = (html: string) =>
  html
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')

const pageOf = (...reports: readonly Report[]) =>
  matrixSite(
    { format: 'touchstone-matrix/1', reports },
    reports.map((_, i) => `site-${i}`),
  )['index.html']!

describe('the site of many runs', () => {
  it('has the history of an implementation in a row, the earliest run first', () => {
    const lines = linesOf([young, good, old], ['a', 'b', 'c'])
    expect(lines.map(({ name, runs }) => [name, runs.map(({ folder }) => folder)])).toEqual([
      ['tfjs:wasm', ['c', 'a']],
      ['reference', ['b']],
    ])
    const text = textOf(pageOf(young, good, old))
    expect(text).toContain('2 implementations, 3 runs, 2 clauses')
    expect(text).toMatch(/1\. 4\.21\.0 2026-01-02 of 2 clauses: 1 conform, 1 problem 2\. 4\.22\.0/)
    expect(text).toMatch(/2\. 4\.22\.0 2026-03-04 of 2 clauses: 2 conform/)
  })

  it('names each problem, with its smallest case and what is recorded of the library', () => {
    const html = pageOf(old)
    expect(html).toMatch(
      /<a class="bad" href="site-0\/clauses\/cnn\.conv2d\.forward\.html#exact">cnn\.conv2d: wrong/,
    )
    const [, anchor] = /<a class="found" href="findings\.html#(finding-\d+)"/.exec(html)!
    const findings = matrixSite({ format: 'touchstone-matrix/1', reports: [old] }, ['x'])
    const [, section] = findings['findings.html']!.split(`id="${anchor}"`)
    expect(textOf(section!.slice(0, 600))).toMatch(/tf\..* clause cnn\.conv2d\.forward/)
    expect(pageOf(bad)).not.toContain('class="found"')
  })

  it('has no line for a clause that nobody provides, and says which they are', () => {
    const rows = (html: string) =>
      [...html.matchAll(/<th scope="row">([^<]+)/g)].map(([, id]) => id)
    expect(rows(pageOf(partial))).toEqual(['cnn.conv2d.forward'])
    expect(textOf(pageOf(partial))).toMatch(/of 1 clause: 1 conform/)
    expect(textOf(pageOf(partial))).toMatch(/1 area of which none provides .*: resnet \(1 clause\)/)
    const moved = { ...partial.clauses[1]!, id: 'cnn.flatten' }
    const inArea = { ...partial, clauses: [partial.clauses[0]!, moved] }
    expect(textOf(pageOf(inArea))).toContain('cnn 1 of 2 clauses, provided by 1')
    expect(textOf(pageOf(inArea))).toContain('1 clause of which none provides any')
    expect(rows(pageOf(inArea))).toEqual(['cnn.conv2d.forward'])
    expect(rows(pageOf(partial, good))).toContain('resnet.stage.cost-constant')
  })

  it('says where runs were made by different suites', () => {
    const other = as(young, { commit: '0123456789abcdef-dirty' })
    expect(pageOf(old, young)).not.toContain('cannot be compared')
    const text = textOf(pageOf(old, other))
    expect(text).toContain('made by 2 versions of the suite')
    expect(text).toContain('commit 0123456789-dirty')
    expect(text).toContain('2 conform by another version of the suite')
  })
})

describe('the site of a report of another suite', () => {
  const other = as(good, { touchstone: '0.0.9', commit: null })
  const gone = { ...good.clauses[0]!, id: 'cnn.gone.away' }

  it('says on every page whose verdicts and whose formulas they are', () => {
    for (const html of Object.values(siteOf(other))) {
      expect(textOf(html)).toContain('The verdicts are those of Touchstone 0.0.9;')
    }
    const same = as(good, { touchstone: version, commit: suiteCommit() })
    expect(siteOf(same)['index.html']).not.toContain('The verdicts are those of')
  })

  it('has no page for a clause that is not in this one, and names it', () => {
    const pages = siteOf({ ...other, clauses: [...good.clauses, gone] })
    expect(Object.keys(pages)).not.toContain('clauses/cnn.gone.away.html')
    expect(textOf(pages['index.html']!)).toContain('That one has no cnn.gone.away.')
    expect(pageOf({ ...other, clauses: [...good.clauses, gone] })).not.toContain(
      'clauses/cnn.gone.away.html',
    )
  })
})
