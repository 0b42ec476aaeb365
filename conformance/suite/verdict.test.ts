import { describe, expect, it } from 'vitest'
import { conforming } from '../fixtures/sample-reports.ts'
import { readKnown, withKnown } from './known.ts'
import type { Report } from './model.ts'
import { passes, suiteProblems, unreached } from './verdict.ts'

const good = await conforming()

/** The report with another verdict on its first property. */
function withVerdict(verdict: Report['clauses'][number]['properties'][number]['verdict']): Report {
  const [first, ...others] = good.clauses
  const [property, ...rest] = first!.properties
  const changed = { ...property!, verdict }
  return { ...good, clauses: [{ ...first!, properties: [changed, ...rest] }, ...others] }
}

it('a defect of touchstone is no pass, and nothing excuses it', () => {
  const report = withVerdict({
    outcome: 'errored',
    kind: 'defect',
    cases: 3,
    reason: 'this is a defect of touchstone: x is undefined',
    capsule: null,
    replay: null,
  })
  const failures = [{ clause: 'cnn.*', reason: 'whatever' }]
  const known = readKnown(JSON.stringify({ format: 'touchstone-known/1', failures }), 'known.json')
  expect(passes(good)).toBe(true)
  expect(passes(withKnown(report, known))).toBe(false)
  expect(suiteProblems(report)).toEqual([
    'cnn.conv2d.forward/exact: a defect of touchstone kept it from being checked',
  ])
})

it('classes are asked for of operations that were tried, and of no others', () => {
  const report = { ...good, clauses: good.clauses.slice(0, 1) }
  const [first] = report.clauses
  const none = first!.properties.map((property) => ({
    ...property,
    classes: Object.fromEntries(Object.keys(property.classes).map((name) => [name, 0])),
  }))
  const untried = none.map((property) => ({
    ...property,
    verdict: { outcome: 'unsupported' as const, reason: 'no' },
  }))
  expect(unreached({ ...report, clauses: [{ ...first!, properties: none }] })).not.toEqual([])
  expect(unreached({ ...report, clauses: [{ ...first!, properties: untried }] })).toEqual([])
})

describe('a fault that a property did not notice', () => {
  const fault = (killed: boolean) => ({ name: 'cnn.conv2d: adds nothing', killed, cases: 9 })

  /** The report with other faults of the first properties of its first clauses, a list for each clause. */
  function withFaults(...lists: readonly (readonly boolean[])[]): Report {
    const clauses = good.clauses.map((clause, i) => ({
      ...clause,
      tested: lists[i] === undefined ? clause.tested : lists[i].some(Boolean),
      properties: clause.properties.map((property, k) => ({
        ...property,
        faults: lists[i] === undefined ? property.faults : lists[i].slice(k, k + 1).map(fault),
      })),
    }))
    return { ...good, clauses }
  }
  const [first, second] = good.clauses.map(({ id }) => id)

  it('is no matter where another one of its clause did', () => {
    expect(suiteProblems(withFaults([true, false]))).toEqual([])
  })

  it('is told of its clause where one of another clause did', () => {
    expect(suiteProblems(withFaults([false, false], [true]))).toEqual([
      `no property of ${first} noticed the fault cnn.conv2d: adds nothing`,
    ])
  })

  it('is told once where nothing did, and where none was tried, that', () => {
    expect(suiteProblems(withFaults([false], [false]))).toEqual([
      'no property noticed the fault cnn.conv2d: adds nothing',
    ])
    expect(suiteProblems(withFaults([true], []))).toEqual([`no fault was tried for ${second}`])
  })
})
