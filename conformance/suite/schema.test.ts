import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { numberFrom, stringify, withNumbers } from '../base/json.ts'
import { root } from '../base/root.ts'
import { conforming, errored, violating } from '../fixtures/sample-reports.ts'
import { fromWire } from '../protocol/tensor.ts'
import { capsulesIn } from './capsules.ts'
import type { Report } from './model.ts'
import { readCapsule } from './replay.ts'
import { problemWith } from './schema.ts'
import '../properties/index.ts'

const reports: Record<'conforming' | 'violating' | 'errored', Report> = {} as never

beforeAll(async () => {
  reports.conforming = await conforming()
  reports.violating = await violating()
  reports.errored = await errored()
})

/** A report as another program reads it. */
const written = (report: unknown) => JSON.parse(stringify(report))

describe('the schema of reports', () => {
  it.each(['conforming', 'violating', 'errored'] as const)('holds of a %s report', (kind) => {
    const report = reports[kind]
    expect(report.summary.properties).toBeGreaterThan(5)
    expect(problemWith('report', written(report))).toBeNull()
    expect(
      problemWith('matrix', written({ format: 'touchstone-matrix/1', reports: [report, report] })),
    ).toBeNull()
    for (const capsule of capsulesIn(report)) {
      expect(problemWith('capsule', written(capsule))).toBeNull()
      expect(readCapsule(stringify(capsule))).toEqual(capsule)
    }
  })

  it('has what the samples are there for', () => {
    expect(reports.conforming.summary.conforms).toBe(reports.conforming.summary.properties)
    expect(reports.violating.summary.violates).toBeGreaterThan(0)
    expect(reports.errored.summary.errored).toBeGreaterThan(0)
  })

  // biome-ignore lint/suspicious/noExplicitAny: what is spoilt here has no type any more
  const spoil: readonly (readonly [string, (report: Record<string, any>) => void])[] = [
    ['another format', (r) => (r.format = 'touchstone-report/2')],
    ['no summary', (r) => delete r.summary],
    ['a figure that is missing', (r) => delete r.summary.faultsKilled],
    ['a count that is negative', (r) => (r.summary.cases = -1)],
    ['a count that is no whole number', (r) => (r.summary.cases = 1.5)],
    ['a count that is text', (r) => (r.summary.violates = '3')],
    ['a utilization above 1', (r) => (r.summary.worstUtilization = 1.01)],
    ['no device', (r) => (r.environment.device = '')],
    ['a precision that there is not', (r) => (r.environment.precision = 'float31')],
    ['a verdict that there is not', (r) => (r.clauses[0].verdict = 'passes')],
    ['a verdict without its reason', (r) => delete r.clauses[0].properties[0].verdict.reason],
    ['a verdict without its capsule', (r) => delete r.clauses[0].properties[0].verdict.capsule],
    ['a bound that is text', (r) => (r.clauses[0].properties[0].verdict.difference.bound = 'big')],
    [
      'an array that is no base64',
      (r) => (r.clauses[0].properties[0].verdict.capsule.inputs.x.data = '!!'),
    ],
    ['an id that is no text', (r) => (r.clauses[0].id = 7)],
    ['a clause without properties', (r) => delete r.clauses[0].properties],
  ]
  it.each(spoil)('rejects %s', (_, change) => {
    const report = written(reports.violating)
    expect(problemWith('report', report)).toBeNull()
    change(report)
    expect(problemWith('report', report)).not.toBeNull()
  })

  it('says what is wrong, and where', () => {
    const report = written(reports.violating)
    report.clauses[0].properties[0].verdict.outcome = 'passes'
    expect(problemWith('report', report)).toBe(
      '/clauses/0/properties/0/verdict value of tag "outcome" must be in oneOf',
    )
  })
})

describe('numbers that JSON has no form for', () => {
  const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0, 1.5]

  it('survive as strings', () => {
    expect(JSON.parse(stringify(odd))).toEqual(['NaN', 'Infinity', '-Infinity', '-0', 0, 1.5])
    expect(JSON.parse(stringify(odd)).map(numberFrom)).toEqual(odd)
    expect(withNumbers(JSON.parse(stringify({ a: odd, b: 'valid' })))).toEqual({
      a: odd,
      b: 'valid',
    })
  })

  it('stand in a report where an answer was NaN, and in the capsule to the bit', () => {
    const clause = reports.errored.clauses.find(({ id }) => id === 'cnn.conv2d.forward')!
    const { verdict } = clause.properties[0]!
    if (verdict.outcome !== 'violates') throw new Error(verdict.outcome)
    expect(verdict.difference?.actual).toBeNaN()
    expect(written(verdict).difference.actual).toBe('NaN')
    const [compared] = verdict.capsule.comparisons
    expect(fromWire(compared!.actual).data[0]).toBeNaN()
  })
})

describe('the capsules that come with the project', () => {
  const folder = join(root, 'conformance/capsules')
  it.each(readdirSync(folder))('%s are as the schema says, and fit their properties', (file) => {
    expect(() => readCapsule(readFileSync(join(folder, file), 'utf8'))).not.toThrow()
  })

  it.each(['cnn.conv2d.forward/none', 'none.at.all/exact'])(
    'of %s there is no capsule',
    (property) => {
      const [file] = readdirSync(folder)
      const capsule = JSON.parse(readFileSync(join(folder, file!), 'utf8'))
      const written = JSON.stringify({ ...capsule, property })
      expect(() => readCapsule(written)).toThrow(`there is no property ${property}`)
    },
  )
})
