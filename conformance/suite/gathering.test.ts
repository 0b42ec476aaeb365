import { queryObjects } from 'node:v8'
import { describe, expect, it } from 'vitest'
import { Spread } from '../../reference/arithmetic/spread.ts'
import { referencesById } from '../../reference/index.ts'
import { clauses, operations } from '../../spec/index.ts'
import { Plan } from '../arbitraries/plan.ts'
import { RecipeMaker } from '../arbitraries/recipe.ts'
import { mapValues } from '../base/records.ts'
import { faulty, referenceImplementation } from '../engine/fault.ts'
import type { Implementation } from '../engine/implementation.ts'
import { properties } from '../properties/index.ts'
import { unitsOf } from './divide.ts'
import { environmentOf } from './environment.ts'
import { Gathering } from './gathering.ts'
import { merge } from './merge.ts'
import { type Part, runPart } from './part.ts'

const right = referenceImplementation(operations, referencesById)

const known = properties
  .flatMap(({ kills }) => kills)
  .find(({ name }) => name.startsWith('starts the search'))!

const chosen = clauses.filter(({ id }) =>
  /^cnn\.(pool\.(max|channelwise|output-size|max-vs-avg)|flatten)$/.test(id),
)
const options = { runs: 8, seed: 3, kept: {}, deadline: null, killing: false, onProgress() {} }
const units = unitsOf(chosen, options.runs)

async function gathered(implementation: Implementation, onPart: (it: Gathering) => void) {
  const gathering = new Gathering()
  const all: Part[] = []
  for (const [i, clauses] of units.entries()) {
    const [part] = await runPart({ ...options, clauses, implementations: [implementation] })
    all.push(part!)
    gathering.take(part!, units.slice(i + 1).flat())
    onPart(gathering)
  }
  return { all, parts: gathering.parts }
}

const operationsIn = ({ parts }: Gathering) => parts[0]!.evidence.operations

describe('parts of a run as they come', () => {
  it('have the report of all that was seen, of the evidence that it needs', async () => {
    const implementation = faulty(right, known)
    const { all, parts } = await gathered(implementation, () => {})
    const environment = environmentOf(implementation, { ...options, clauses: chosen })
    const whole = { clauses: chosen, implementation, environment, seconds: 1 }
    const report = await merge(parts, whole)
    expect(report).toEqual(await merge(all, whole))
    expect(JSON.stringify(report)).toContain(known.name)
    expect(parts[0]!.evidence.operations).toEqual([known.operation.id])
  })

  it('leave nothing in memory of what nobody asks any more', async () => {
    const left: (readonly string[])[] = []
    await gathered(right, (it) => left.push(operationsIn(it)))
    // Maximum pooling is asked in several parts, between which its evidence is kept.
    expect(left.flat()).toContain('cnn.maxPool')
    expect(left.at(-1)).toEqual([])
    const counted = { Plan, RecipeMaker, Spread }
    // Sums have one zero, which is always there.
    expect(mapValues(counted, (kind) => queryObjects(kind))).toEqual({
      Plan: 0,
      RecipeMaker: 0,
      Spread: 1,
    })
  })
})
