import { beforeAll, describe, expect, it } from 'vitest'
import { fast } from '../../impl/index.ts'
import { referencesById } from '../../reference/index.ts'
import { clauses, operations } from '../../spec/index.ts'
import type { Clause } from '../../spec/language/clause.ts'
import { conforming } from '../fixtures/sample-reports.ts'
import { properties } from '../properties/index.ts'
import { gapsIn, survivorsIn, type Trees } from './gaps.ts'
import type { PropertyReport, Report } from './model.ts'
import { countEvidence, proofsIn, unprovenIn } from './proof.ts'

const trees: Trees = {
  clauses,
  operations,
  referenced: Object.keys(referencesById),
  implemented: Object.keys(fast),
  properties,
}

describe('the four trees', () => {
  it('claim nothing without evidence', () => {
    expect(gapsIn(trees)).toEqual([])
  })

  const [property, ...others] = properties
  const { id, clause } = property!
  const [erratum] = (clauses as readonly Clause[]).flatMap(({ errata }) => errata)
  const elsewhere = { id: 'cnn.nowhere: adds one' }
  it.each<[string, Partial<Trees>, string]>([
    [
      'a property of an unknown clause',
      { properties: [...properties, { ...property!, id: 'cnn.nowhere/x', clause: 'cnn.nowhere' }] },
      'cnn.nowhere/x: a property of a clause that is not specified',
    ],
    [
      'a clause without property',
      { properties: others.filter((it) => it.clause !== clause) },
      `${clause}: a clause without property`,
    ],
    [
      'a property without fault',
      { properties: [{ ...property!, kills: [] }, ...others] },
      `${id}: a property without a fault that it must notice`,
    ],
    [
      'a fault of an unknown operation',
      { properties: [{ ...property!, kills: [elsewhere] }, ...others] },
      `${id}: the fault cnn.nowhere: adds one is of an operation that is not specified`,
    ],
    [
      'a reference without specification',
      { referenced: [...trees.referenced, 'cnn.nowhere'] },
      'cnn.nowhere: a reference without a specification',
    ],
    [
      'a fast form without specification',
      { implemented: [...trees.implemented, 'cnn.nowhere'] },
      'cnn.nowhere: a fast form without a specification',
    ],
    [
      'an operation without reference',
      { referenced: trees.referenced.filter((it) => it !== 'cnn.conv2d') },
      'cnn.conv2d: no reference',
    ],
    [
      'an operation that is not made fast',
      { implemented: trees.implemented.filter((it) => it !== 'cnn.conv2d') },
      'cnn.conv2d: no fast form',
    ],
    [
      'an erratum whose counterexample is not run',
      { properties: properties.filter((it) => !it.id.endsWith(`/${erratum!.id}`)) },
      `${erratum!.id}: its counterexample is run by no property of`,
    ],
  ])('with %s are found guilty', (_, change, says) => {
    const gaps = gapsIn({ ...trees, ...change })
    expect(gaps.filter((gap) => gap.startsWith(says))).not.toEqual([])
  })
})

describe('a run', () => {
  let report: Report
  beforeAll(async () => {
    report = await conforming()
  })

  /** The report with another first property of its first clause. */
  function withFirst(change: (property: PropertyReport) => PropertyReport): Report {
    const [clause, ...others] = report.clauses
    const [first, ...more] = clause!.properties
    return {
      ...report,
      clauses: [{ ...clause!, properties: [change(first!), ...more] }, ...others],
    }
  }

  it('that conforms and notices its faults proves what it says', () => {
    expect(unprovenIn(report)).toEqual([])
    expect(countEvidence(report)).toMatchObject({ specified: 2, proven: 2, standing: 2 })
    expect(report.summary.evidence).toEqual(countEvidence(report))
  })

  it('does not, of a clause that nobody knows', () => {
    const unknown = { ...report.clauses[0]!, id: 'cnn.nowhere.at-all' }
    const guilty = { ...report, clauses: [unknown] }
    expect(unprovenIn(guilty)).toContain(
      'cnn.nowhere.at-all: a clause that the specification does not have',
    )
    expect(countEvidence(guilty)).toMatchObject({ specified: 0, proven: 0, standing: 0 })
  })

  it('does not, of a clause without property', () => {
    const empty = { ...report.clauses[0]!, tested: false, properties: [] }
    expect(unprovenIn({ ...report, clauses: [empty] })).toEqual([
      `${empty.id}: a clause without property`,
    ])
  })

  it('does not, where a property conforms on which no fault was tried', () => {
    const guilty = withFirst((property) => ({ ...property, faults: [] }))
    const { id } = guilty.clauses[0]!.properties[0]!
    expect(unprovenIn(guilty)).toEqual([`${id}: conforms, and no fault was tried`])
  })

  it('does not, where nothing kills a fault', () => {
    const guilty = withFirst((property) => ({
      ...property,
      faults: [{ name: 'cnn.conv2d: adds nothing', killed: false, cases: 100 }],
    }))
    const { id } = guilty.clauses[0]!.properties[0]!
    expect(survivorsIn(guilty)).toEqual([
      `${id}: the fault cnn.conv2d: adds nothing was not noticed in 100 cases`,
    ])
    expect(proofsIn(guilty).map(({ proven }) => proven)).toEqual([false, true])
    expect(countEvidence(guilty)).toMatchObject({ proven: 1, standing: 1 })
  })

  it('does not, where an implementation provides nothing that a clause asks for', () => {
    const operations = { provided: [], missing: {} }
    const guilty = { ...report, environment: { ...report.environment, operations } }
    expect(countEvidence(guilty)).toMatchObject({ referenced: 2, implemented: 0 })
  })
})
