import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Report } from '../../suite/model.ts'
import { problemWith } from '../../suite/schema.ts'

const local = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const command = local('../touchstone.js')

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'touchstone-partial-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
  readonly report: Report
}

/** A run on one of the kernels that take only a part of what a convolution may be given. */
function runOn(kernel: string, ...words: readonly string[]): Promise<Ended> {
  const module = local(`../../fixtures/kernels/${kernel}.ts`)
  const all = [command, 'run', '-i', module, '-r', kernel, ...words]
  const env = { ...process.env, NO_COLOR: '1', COLUMNS: '80' }
  return new Promise((resolve) => {
    execFile(process.execPath, all, { cwd: folder, env }, (error, out, err) => {
      const code = error === null ? 0 : Number(error.code)
      const text = readFileSync(join(folder, kernel, 'report.json'), 'utf8')
      resolve({ code, out, err, report: JSON.parse(text) })
    })
  })
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

const kernels = [
  ['stride-one', /strides above 1 \(\d+ %\)/],
  ['batch-one', /of the cases: one image only /],
  ['multiples-of-four', /K not a multiple of 4 \(\d+ %\)/],
] as const

describe('a kernel for a part of what a convolution may be given', () => {
  it.each(kernels)('%s: conforms where it is right, on one screen', async (kernel, reason) => {
    const { code, out, report } = await runOn(kernel)
    expect(code, out).toBe(0)
    expectOneScreen(out)
    expect(problemWith('report', report)).toBeNull()
    const { summary, environment } = report
    // Of what it provides, all conforms, on a part of the cases; what it does not is a line.
    expect(out).toMatch(/clauses +(\d+) of \1 conform, on (<1|\d+) % of the cases/)
    expect(out).toMatch(/declines +(>99|\d+) % of the cases: /)
    expect(out.replace(/\s+/g, ' ')).toMatch(reason)
    const missing = Object.keys(environment.operations.missing)
    expect(out).toContain(`${missing.length} operations are not provided: `)
    expect(environment.operations.provided).toEqual(['cnn.conv2d'])
    expect(out).not.toMatch(/falls short|violate|errored/)
    expect(summary).toMatchObject({ violates: 0, errored: 0, inconclusive: 0 })
    expect(summary.taken).toBeLessThan(0.6)
    // Classes of cases that it declines are neither reached nor missing.
    expect(summary.classesReached).toBe(summary.classes)
    const agreements = report.clauses
      .flatMap(({ properties }) => properties)
      .filter(({ id }) => /^cnn.conv2d.forward\/(exact|bounded)$/.test(id))
    expect(agreements).toHaveLength(2)
    for (const { verdict } of agreements) {
      if (verdict.outcome !== 'conforms') throw new Error(`it ${verdict.outcome}`)
      expect(verdict.cases).toBeGreaterThanOrEqual(100)
    }
  })

  it.each([
    ['stride-one', 'cnn.conv2d: forgets the bias'],
    ['batch-one', 'cnn.conv2d: wrong values'],
    ['multiples-of-four', 'cnn.conv2d: wrong values'],
  ])('%s: violates where a mistake is planted, told once', async (kernel, problem) => {
    const words = ['-c', 'cnn.conv2d.forward,cnn.conv2d.linearity', '-n', '30']
    const { code, out } = await runOn(`${kernel}-mistaken`, ...words)
    expect(code, out).toBe(1)
    expectOneScreen(out)
    expect(out.split(`violates  ${problem}\n`)).toHaveLength(2)
    expect(out).toMatch(/ {2}in cnn\.conv2d\.forward\b.*: \d+ cases\n/)
    expect(out).toMatch(/ {2}expected .*\n {2}got .*\n {2}off by /)
    expect(out.match(/npx touchstone replay/g)).toHaveLength(1)
  })

  it('fails where all there is is required', async () => {
    const words = ['-c', 'cnn.conv2d.forward', '-n', '20', '--require', 'all']
    const { code, out, report } = await runOn('stride-one', ...words)
    expect(code, out).toBe(1)
    expect(report.environment.require).toBe('all')
    expect(report.summary.violates + report.summary.errored).toBe(0)
  })

  it('fails where it takes no case at all, whatever it rejects', async () => {
    const words = ['-c', 'cnn.conv2d.*', '-n', '10']
    const { code, out, report } = await runOn('takes-nothing', ...words)
    expect(code, out).toBe(1)
    expect(out).toContain('nothing was judged of cnn.conv2d, of which it takes no case')
    expect(report.summary.conforms).toBe(0)
  })

  it('fails where nothing that is asked for is provided', async () => {
    const { code, out } = await runOn('stride-one', '-c', 'resnet.block.*', '-n', '10')
    expect(code, out).toBe(1)
    expect(out).toContain('nothing that the clauses ask for is provided')
  })
})
