import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { transformSync } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pythonWithNumpy } from '../adapters/python/find.ts'
import type { Capsule } from '../engine/capsule.ts'
import type { Evaluate } from '../engine/implementation.ts'
import type { Violates } from '../engine/verdict.ts'
import { changed, errored, reportOn, right, spoilt, violating } from '../fixtures/sample-reports.ts'
import { toWire } from '../protocol/tensor.ts'
import { snippetsOf } from './snippet.ts'

const python = pythonWithNumpy()
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'touchstone-snippet-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs a snippet without this project, and gives what it prints; an error of it is text, too. */
function run(language: 'typescript' | 'python', text: string): string {
  const file = join(folder, language === 'python' ? 'snippet.py' : 'snippet.mjs')
  const code = language === 'python' ? text : transformSync(text, { loader: 'ts' }).code
  writeFileSync(file, code)
  const program = language === 'python' ? python! : process.execPath
  try {
    return execFileSync(program, [file], { encoding: 'utf8', stdio: 'pipe' })
  } catch (error) {
    return (error as { stderr: string }).stderr
  }
}

const languages = [
  ['typescript', false],
  ['python', python === null],
] as const

/** A violation of the convolution, with arrays of our choice. */
async function violation(change: Partial<Capsule>): Promise<Violates> {
  const report = await violating()
  const { verdict } = report.clauses[0]!.properties[0]!
  if (verdict.outcome !== 'violates') throw new Error(verdict.outcome)
  return { ...verdict, capsule: { ...verdict.capsule, ...change } }
}

describe.each(languages)('a snippet in %s', (language, absent) => {
  const name = (what: string) => (absent ? `${what} (skipped: no Python with NumPy here)` : what)
  const test = it.skipIf(absent)

  test(name('runs, and shows what came and what should have'), async () => {
    const text = snippetsOf(await violation({}))![language]
    const output = run(language, text)
    expect(output).toMatch(/y.*0.*expected 0(\.0)?,? got 1(\.0)?,? bound 0(\.0)?/)
    expect(output).toContain('1 differences')
  })

  test(name('conforms when the function is right'), async () => {
    const text = snippetsOf(await violation({}))![language].replace(
      'return came',
      'return expected',
    )
    expect(run(language, text).trim()).toBe('it conforms')
  })

  test(name('keeps every bit, whatever the numbers'), async () => {
    const odd = Float32Array.from([0.1, -0, Number.NaN, Infinity, -Infinity, 1e-45, 3.4e38])
    const payload = new Float32Array(Uint32Array.from([0x7fc0dead, 0x3f800000]).buffer)
    const long = Float32Array.from({ length: 200 }, (_, i) => Math.fround(Math.sin(i)))
    const tensor = (data: Float32Array) => toWire({ dtype: 'float32', shape: [data.length], data })
    const arrays = { x: tensor(odd), filters: tensor(payload), bias: tensor(long) }
    const text = snippetsOf(
      await violation({ inputs: arrays, parameters: { p: [1, -0, Infinity], same: true } }),
    )![language]
    const print =
      language === 'python'
        ? 'from base64 import b64encode\nfor a in (x, filters, bias): print(b64encode(a.tobytes()).decode())\nprint(parameters)\n'
        : 'for (const a of [x, filters, bias]) console.log(Buffer.from(a.data.buffer).toString("base64"))\nconsole.log(Object.is(parameters.p[1], -0), parameters.p[2], parameters.same)\n'
    const lines = run(language, text + print)
      .trim()
      .split('\n')
      .slice(-4)
    expect(lines.slice(0, 3)).toEqual(Object.values(arrays).map(({ data }) => data))
    expect(lines[3]).toBe(
      language === 'python' ? "{'p': [1, -0.0, inf], 'same': True}" : 'true Infinity true',
    )
  })

  test(name('of a case that threw calls the function, and says what it threw'), async () => {
    const report = await errored()
    const clause = report.clauses.find(({ id }) => id === 'resnet.block.forward')!
    const text = snippetsOf(clause.properties[0]!.verdict)![language]
    const output = run(language, text)
    expect(output).toContain('no <script>')
    expect(output).not.toMatch(/SyntaxError/)
  })

  test(name('of a law calls the function, and compares its two sides'), async () => {
    const report = await reportOn(
      spoilt({ 'cnn.conv2d': changed('cnn.conv2d', (value) => value * value) }),
      ['cnn.conv2d.linearity'],
    )
    const { verdict } = report.clauses[0]!.properties[0]!
    const text = snippetsOf(verdict)![language]
    expect(text).toContain('relates the answers to several calls')
    const stub =
      language === 'python' ? text.indexOf('def conv2d(') : text.indexOf('function conv2d(')
    expect(stub).toBeGreaterThan(0)
    const output = run(language, text)
    expect(output).toMatch(/^1, conv2d: the same answer as before\n2, conv2d: the same answer/)
    expect(output).toMatch(/[1-9] differences/)
  })

  test(name('leaves out what was left out'), async () => {
    const needy: Evaluate = (inputs, parameters) => {
      if (inputs.bias!.absent) throw new Error('no bias')
      return right.operations['cnn.conv2d']!(inputs, parameters)
    }
    const report = await reportOn(spoilt({ 'cnn.conv2d': needy }), ['cnn.conv2d.forward'], 60)
    const { verdict } = report.clauses[0]!.properties.find(
      (it) => it.verdict.outcome === 'errored',
    )!
    const text = snippetsOf(verdict)![language]
    expect(text).toContain(language === 'python' ? 'bias = None' : 'const bias = undefined')
  })

  test(name('of arguments that are to be rejected sends them'), async () => {
    const accepts: Evaluate = (inputs, parameters) => {
      try {
        return right.operations['cnn.conv2d']!(inputs, parameters)
      } catch {
        return { y: { dtype: 'float32', shape: [1, 1, 1, 1], data: new Float32Array(1) } }
      }
    }
    const report = await reportOn(spoilt({ 'cnn.conv2d': accepts }), ['cnn.conv2d.depth-match'])
    const { verdict } = report.clauses[0]!.properties[0]!
    const { invalid } = (verdict as Violates).capsule
    const text = snippetsOf(verdict)![language]
    expect(text).toContain(`These arguments are to be rejected: ${invalid}`)
    expect(run(language, text)).toContain('it answered instead of rejecting them:')
    const rejecting =
      language === 'python'
        ? text.replace(/ {4}return .*/, '    raise ValueError("no")')
        : text.replace(/ {2}return .*/, '  throw new Error("no")')
    expect(run(language, rejecting)).toContain('it conforms, and rejects them: ')
  })
})
