import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { conforming, errored, violating } from '../fixtures/sample-reports.ts'
import { readKnown, withKnown } from '../suite/known.ts'
import type { Report } from '../suite/model.ts'
import { problemsOf } from '../suite/problems.ts'
import { annotationsOf } from './annotations.ts'
import { badgeOf } from './badge.ts'
import { junitOf } from './junit.ts'
import { markdownOf } from './markdown.ts'
import { sarifOf } from './sarif.ts'

const [good, bad, broken] = await Promise.all([conforming(), violating(), errored()])
const at = { file: 'src/my conv,1:2.ts', line: 7 }
const placed: Report = { ...bad, sources: { 'cnn.conv2d': at } }

describe('SARIF', () => {
  const require = createRequire(import.meta.url)
  const file = require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')
  // It is of an earlier draft, which differs in how a schema is named.
  const { $schema, id, ...schema } = JSON.parse(readFileSync(file, 'utf8'))
  const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(
    schema,
  )
  const written = (reports: readonly Report[]) => JSON.parse(JSON.stringify(sarifOf(reports)))

  it('is as its published schema says', () => {
    expect(validate(written([good, placed, broken])), JSON.stringify(validate.errors)).toBe(true)
    const spoilt = written([bad])
    spoilt.runs[0].results[0].message = 'text'
    expect(validate(spoilt)).toBe(false)
  })

  it('has a result for each distinct problem, at the code of the operation, under its clause', () => {
    const [, run] = written([good, placed]).runs
    expect(written([good]).runs[0].results).toEqual([])
    expect(run.results).toHaveLength(problemsOf(bad).length)
    const [result] = run.results
    expect(run.tool.driver.rules[result.ruleIndex].id).toBe('cnn.conv2d.forward')
    expect(result.message.text).toContain('cnn.conv2d: ')
    expect(result.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'src/my%20conv%2C1%3A2.ts' },
      region: { startLine: 7 },
    })
  })

  it('suppresses what is known to fail, with the reason, and keeps the fingerprint', () => {
    const failures = [{ clause: 'cnn.conv2d.*', reason: 'adds one' }]
    const text = JSON.stringify({ format: 'touchstone-known/1', failures })
    const [known] = written([withKnown(bad, readKnown(text, 'known.json'))]).runs[0].results
    const [open] = written([bad]).runs[0].results
    expect(known.suppressions).toEqual([{ kind: 'external', justification: 'adds one' }])
    expect(open.suppressions).toBeUndefined()
    expect(known.partialFingerprints).toEqual(open.partialFingerprints)
  })

  it('notifies where the run itself falls short', () => {
    const mismatch = 'the backend in use is "cpu"'
    const run = written([{ ...good, environment: { ...good.environment, mismatch } }]).runs[0]
    const [{ executionSuccessful, toolExecutionNotifications }] = run.invocations
    expect(executionSuccessful).toBe(false)
    expect(toolExecutionNotifications).toContainEqual({
      level: 'error',
      message: { text: mismatch },
    })
  })
})

describe('a badge', () => {
  it('is green for a pass alone', () => {
    const of = (...reports: readonly Report[]) => badgeOf(reports)
    const base = { schemaVersion: 1, label: 'touchstone' }
    expect(of(good)).toEqual({ ...base, message: '2 of 2 clauses', color: 'brightgreen' })
    expect(of(bad)).toEqual({ ...base, message: '1 of 2 clauses', color: 'red' })
    const several = { ...base, message: '1 of 2 implementations conform', color: 'red' }
    expect(of(good, bad)).toEqual(several)
    const mismatch = { ...good, environment: { ...good.environment, mismatch: 'another device' } }
    expect(of(mismatch)).toEqual({ ...base, message: '2 of 2 clauses, no pass', color: 'red' })
  })
})

/** Annotations as the runner reads them: a command a line, in which escapes are undone. */
function read(text: string) {
  const undone = (part: string) =>
    part
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',')
      .replaceAll('%0D', '\r')
      .replaceAll('%0A', '\n')
      .replaceAll('%25', '%')
  return text.split('\n').flatMap((line) => {
    if (line === '') return []
    const [, level, properties = '', message = ''] = /^::(\w+) ([^:]*)::(.*)$/.exec(line)!
    const named = Object.fromEntries(
      properties.split(',').map((pair) => {
        const [name = '', ...value] = pair.split('=')
        return [name, undone(value.join('='))]
      }),
    )
    return [{ level, message: undone(message), ...named }]
  })
}

describe('annotations', () => {
  it('mark the code of the operation that is wrong', () => {
    const [first] = read(annotationsOf([placed]))
    expect(first).toMatchObject({ level: 'error', file: at.file, line: '7' })
    expect(first!.message).toContain('cnn.conv2d: ')
    expect(first!.message).toMatch(/\nexpected: 0\ngot: 1\n/)
    expect(read(annotationsOf([bad]))[0]).not.toHaveProperty('file')
    expect(read(annotationsOf([good]))).toMatchObject([{ level: 'notice' }])
  })

  it('are no commands of an implementation, whatever it sent', () => {
    const text = 'a\r\n::stop-commands::x\n100% ::error file=x,line=1::y, z'
    const named = {
      ...broken,
      environment: { ...broken.environment, implementation: { name: text, version: '1:2,3' } },
    }
    const all = read(annotationsOf([named]))
    expect(all.every(({ level }) => ['error', 'warning', 'notice'].includes(level!))).toBe(true)
    expect(all[0]).toMatchObject({
      title: `${text.replace('\r\n', '\\u{d} ').replace('\n', ' ')} 1:2,3`,
    })
    expect(all.map(({ message }) => message).join()).toContain('<script>alert("1")</script>')
  })

  it('are no more than are shown, and say how many others there are', () => {
    const all = read(annotationsOf(Array.from({ length: 20 }, () => bad)))
    expect(all).toHaveLength(10)
    expect(all.at(-1)!.message).toBe(
      `${20 * problemsOf(bad).length - 9} more, which the report has`,
    )
  })
})

describe('Markdown for a pull request', () => {
  it('has what is wrong first, and folds the rest', () => {
    const [, beforeFold] = /^([\s\S]*?)<details>/.exec(markdownOf([bad]))!
    expect(beforeFold).toMatch(/^### ❌ .*\n\n\*\*1 of 2 clauses conform\*\*, \*\*\d distinct/)
    expect(beforeFold).toContain('- **violates** `cnn.conv2d`: ')
    expect(beforeFold!.split('\n').length).toBeLessThan(12)
    const [wrong, other] = bad.clauses
    const properties = other!.properties.map((property) => ({
      ...property,
      verdict: { outcome: 'not-run', reason: 'late' } as const,
    }))
    const late = markdownOf([{ ...bad, clauses: [wrong!, { ...other!, properties }] }])
    expect(late.indexOf('**violates**')).toBeLessThan(late.indexOf('- not-run, late: '))
    expect(markdownOf([good])).toMatch(/^### ✅ [^\n]+\n\n[^\n]+\n\n<details>/)
  })

  it('fits into a comment, however much fails', () => {
    const many = Array.from({ length: 40 }, () => broken)
    expect(markdownOf([broken])).toContain('The smallest case')
    expect(markdownOf(many).length).toBeLessThan(65_536)
    expect(markdownOf(many)).toContain('**errored**')
  })
})

describe.each([
  ['in process', 'in process'],
  ['wasm, SIMD yes', 'on wasm, SIMD yes'],
])('an implementation on the device %j', (device, words) => {
  const report: Report = { ...bad, environment: { ...bad.environment, device } }

  it.each([
    ['JUnit', junitOf([report]), `2.1.0 ${words}"`],
    ['SARIF', sarifOf([report]).runs[0]!.automationDetails!.id, `one ${words}/`],
    ['Markdown', markdownOf([report]), `, ${words}.`],
  ])('is said to be there in %s', (_, text, said) => {
    expect(text).toContain(said)
    expect(text).not.toContain('on in ')
  })
})
