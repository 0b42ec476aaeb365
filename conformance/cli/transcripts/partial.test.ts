import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { touchstone } from '../../fixtures/command-line.ts'
import type { Report } from '../../suite/model.ts'
import { problemWith } from '../../suite/schema.ts'

const local = (path: string) => fileURLToPath(new URL(path, import.meta.url))

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'touchstone-partial-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A run on one of the kernels that take only a part of what a convolution may be given. */
function runOn(kernel: string, ...words: readonly string[]) {
  const module = local(`../../fixtures/kernels/${kernel}.ts`)
  const all = ['run', '-i', module, '-r', kernel, ...words]
  const { status, stdout } = touchstone(all, { cwd: folder, env: { COLUMNS: '80' } })
  const report: Report = JSON.parse(readFileSync(join(folder, kernel, 'report.json'), 'utf8'))
  return { code: status, out: stdout, report }
}

/** One screen: fewer than 40 lines of 80 columns, but for commands and paths to be copied. */
function expectOneScreen(out: string): void {
  const lines = out.trimEnd().split('\n')
  expect(lines.length).toBeLessThan(40)
  for (const line of lines) {
    if (!/npx touchstone replay|report\.json$/.test(line)) {
      expect(line.length, line).toBeLessThanOrEqual(80)
    }
  }
}

/** The cases that were judged in place of those that it declines, of a property for each kind of number. */
function expectOthersDrawn(report: Report): void {
  const agreements = report.clauses
    .flatMap(({ properties }) => properties)
    .filter(({ id }) => /^cnn.conv2d.forward\/(exact|bounded)$/.test(id))
  expect(agreements).toHaveLength(2)
  for (const { verdict } of agreements) {
    if (verdict.outcome !== 'conforms') throw new Error(`it ${verdict.outcome}`)
    expect(verdict.cases).toBeGreaterThanOrEqual(100)
  }
}

describe('a kernel for a part of what a convolution may be given', () => {
  it('conforms where it is right, on all clauses, on one screen', () => {
    const { code, out, report } = runOn('stride-one')
    expect(code, out).toBe(0)
    expectOneScreen(out)
    expect(problemWith('report', report)).toBeNull()
    const { summary, environment } = report
    // Of what it provides, all conforms, on a part of the cases; what it does not is a line.
    expect(out).toMatch(/clauses +(\d+) of \1 conform, on (<1|\d+) % of the cases/)
    expect(out).toMatch(/declines +(>99|\d+) % of the cases: /)
    expect(out.replace(/\s+/g, ' ')).toMatch(/strides above 1 \(\d+ %\)/)
    const missing = Object.keys(environment.operations.missing)
    expect(out).toContain(`${missing.length} operations are not provided: `)
    expect(environment.operations.provided).toEqual(['cnn.conv2d'])
    expect(out).not.toMatch(/falls short|violate|errored/)
    expect(summary).toMatchObject({ violates: 0, errored: 0, inconclusive: 0 })
    expect(summary.taken).toBeLessThan(0.6)
    // Classes of cases that it declines are neither reached nor missing.
    expect(summary.classesReached).toBe(summary.classes)
    expectOthersDrawn(report)
  })

  it.each([
    ['batch-one', /of the cases: one image only /],
    ['multiples-of-four', /K not a multiple of 4 \(\d+ %\)/],
  ])('%s: is given as many cases as any other', (kernel, reason) => {
    const { code, out, report } = runOn(kernel, '-c', 'cnn.conv2d.forward')
    expect(code, out).toBe(0)
    expect(out.replace(/\s+/g, ' ')).toMatch(reason)
    expect(report.summary.classesReached).toBe(report.summary.classes)
    expectOthersDrawn(report)
  })

  it('fails where all there is is required', () => {
    const words = ['-c', 'cnn.conv2d.forward', '-n', '20', '--require', 'all']
    const { code, out, report } = runOn('stride-one', ...words)
    expect(code, out).toBe(1)
    expect(report.environment.require).toBe('all')
    expect(report.summary.violates + report.summary.errored).toBe(0)
  })

  it('fails where it takes no case at all, whatever it rejects', () => {
    const words = ['-c', 'cnn.conv2d.forward', '-n', '10']
    const { code, out, report } = runOn('takes-nothing', ...words)
    expect(code, out).toBe(1)
    expect(out).toContain('nothing was judged of cnn.conv2d, of which it takes no case')
    expect(report.summary.conforms).toBe(0)
  })

  it('fails where nothing that is asked for is provided', () => {
    const { code, out } = runOn('stride-one', '-c', 'resnet.block.*', '-n', '10')
    expect(code, out).toBe(1)
    expect(out).toContain('nothing that the clauses ask for is provided')
  })
})
