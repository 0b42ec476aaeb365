import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { clauses } from '../../spec/index.ts'
import type { Citation } from '../cite/citation.ts'
import { citationOf } from '../cite/citation.ts'
import { definitionOf } from '../cite/places.ts'
import { revision } from '../cite/revision.ts'
import { conforming, hostile, violating } from '../fixtures/sample-reports.ts'
import { userFolder } from '../fixtures/user-folder.ts'
import { citedAs } from './cite.ts'
import { citationPage, citationsList } from './cite-page.ts'

const { folder, touchstone } = userFolder()
const plain = { columns: 80, write: () => {}, style: (_: unknown, text: string) => text }
type Options = Parameters<typeof citedAs>[1]
const said = (subject: string | undefined, options: Partial<Options> = {}) =>
  citedAs(subject, { format: 'text', ...options }, plain)
const cited = (subject: string | undefined, options: Partial<Options> = {}) =>
  (JSON.parse(said(subject, { ...options, format: 'json' })) as readonly Citation[]).map(
    ({ clause }) => clause,
  )

describe('touchstone cite', () => {
  it('says of a clause its formula, source, erratum, code, properties and state', () => {
    const page = said('cnn.conv2d.forward')
    expect(page).toContain('Formula\n  y_{nijq} = b_q')
    expect(page).toContain('notes, lines 24–28\n')
    expect(page).toContain('    https://www.deeplearningbook.org\n')
    expect(page).toContain('Erratum E-01\n')
    expect(page).toMatch(/^ {2}reference {2}reference\/cnn\/conv2d\.ts:\d+/m)
    expect(page).toMatch(/^ {2}fast {7}impl\/cnn\/conv2d\.ts:\d+/m)
    expect(page).toContain('  exact: cnn.conv2d equals the reference to the bit')
    expect(page).toMatch(/Touchstone \d+\.\d+\.\d+(, commit [0-9a-f]{40})?\n$/)
    expect(page).toContain('none here; npx touchstone run --clause cnn.conv2d.forward')
  })

  it('goes from a line of code to its clauses, those of its topic first', () => {
    const { path, last } = definitionOf('cnn.conv2d', 'reference')!
    const ids = cited(`${path}:${last}`)
    expect(ids).toContain('cnn.conv2d.linearity')
    expect(ids[0]).toBe('cnn.conv2d.forward')
    expect(cited('impl/cnn/dropout.ts')).toEqual(['cnn.dropout.semantics'])
  })

  it('goes from lines of the notes to their clauses, or says why there are none', () => {
    const expected = clauses
      .filter(({ source }) => source.notes.some(([first, last]) => first <= 28 && 28 <= last))
      .map(({ id }) => id)
    expect(cited(undefined, { notes: '28' })).toEqual(expected)
    expect(cited(undefined, { notes: '24-28' })).toContain('cnn.conv2d.forward')
    expect(said(undefined, { notes: '68' })).toMatch(/^notes, line 68: no clause, heading/)
  })

  it('has the head of an operation, and a list of its clauses', () => {
    const list = said('cnn.maxPool')
    expect(list).toMatch(/^cnn\.maxPool {2}\(operation\)\nMax pooling\n/)
    expect(list).toMatch(/ {2}signature {2}spec\/cnn\/pool\.ts:\d+/)
    expect(list).toContain('\ncnn.pool.max\n')
    expect(said('cnn.flatten').split('\n')[0]).toBe('cnn.flatten  (law)')
    expect(said('cnn.flatten', { operation: true })).toMatch(/^cnn\.flatten {2}\(operation\)/)
  })

  it('has the verdicts of a report', async () => {
    const report = join(folder, 'mine.json')
    const { environment, ...rest } = await violating()
    const here = { ...environment, device: 'in process' }
    writeFileSync(report, JSON.stringify({ ...rest, environment: here }))
    const page = said('cnn.conv2d.forward', { report })
    expect(page).toMatch(/Last verdicts\n {2}off <b>by<\/b> one 2\.1\.0 in process: violates/)
    const latex = said('cnn.conv2d.forward', { report, format: 'latex' })
    expect(latex).toMatch(/\\item off \\textless\{\}b.* 2\.1\.0 in process: violates/)
    const markdown = said('cnn.conv2d.forward', { report, format: 'markdown' })
    expect(markdown).toMatch(/one 2\.1\.0 in process: violates/)
    expect(said('cnn.flatten', { report })).toContain('none here')
  })

  it('finds the report that a run has left', async () => {
    mkdirSync(join(folder, 'report'))
    writeFileSync(join(folder, 'report/report.json'), JSON.stringify(await conforming()))
    const { code, out } = await touchstone('cite', 'cnn.conv2d.forward')
    expect(out).toMatch(/Last verdicts\n.*conforms:\s+8\s+properties/)
    expect(code).toBe(0)
  })

  it.each<[string | undefined, Partial<Options>, RegExp]>([
    ['cnn.conv2d.forwrd', {}, /no clause or operation cnn\.conv2d\.forwrd/],
    [undefined, { notes: '728' }, /the notes have the lines 1 to 727/],
    [undefined, { notes: 'x' }, /x is no line of the notes/],
    [undefined, {}, /one thing is cited/],
    ['cnn.flatten', { notes: '3' }, /one thing is cited/],
    ['cnn.flatten', { report: 'nothing.json' }, /there is no file nothing\.json/],
    ['cnn.flatten', { report: 'package.json' }, /package\.json is no report/],
  ])('%j with %j is refused', (subject, options, message) => {
    expect(() => said(subject, options)).toThrow(message)
  })

  it('says on the command line what was likely meant, and which forms there are', async () => {
    const unknown = await touchstone('cite', 'cnn.conv2d.forwrd')
    expect(unknown.err).toMatch(/did you mean\n +cnn\.conv2d\.forward/)
    expect(unknown.code).toBe(2)
    const form = await touchstone('cite', 'cnn.flatten', '-f', 'word')
    expect(form.err).toContain('Allowed choices are text, markdown, latex, bibtex, json')
    expect(form.code).toBe(2)
  })
})

describe('what is cited at 80 columns', () => {
  const verdict = { implementation: hostile, version: '1', device: 'here', outcome: 'errored' }
  const rest = { properties: 1, cases: 1, worstUtilization: null, reason: hostile }
  const verdicts = [{ ...verdict, ...rest, startedAt: '2026-01-01', commit: null }] as const
  const citations = clauses.map((clause) => citationOf(clause, revision()))
  const wide = (text: string) =>
    text.split('\n').filter((line) => line.length > 80 && / \S+ /.test(line.trim()))

  it('fits, but for what is to be copied whole', () => {
    for (const citation of citations) expect(wide(citationPage(citation, plain))).toEqual([])
    expect(wide(citationsList(citations, plain))).toEqual([])
  })

  it('shows what an implementation says as text', () => {
    const page = citationPage({ ...citations[0]!, verdicts } as Citation, plain)
    expect(page).toContain('\\u{1b}[31m')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not come through
    expect(page).not.toMatch(/[\u0000\u001b]/)
  })
})
