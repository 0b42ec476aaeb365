import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openOurs } from '../../conformance/adapters/ours.ts'
import { referenceImplementation } from '../../conformance/engine/fault.ts'
import type { Implementation } from '../../conformance/engine/implementation.ts'
import { checkClause } from '../../conformance/suite/clauses.ts'
import { referencesById } from '../../reference/index.ts'
import { clauses, operations } from '../../spec/index.ts'
import type { Clause } from '../../spec/language/clause.ts'

/**
 * The clauses of an area, or of all, on our implementation, judged by the reference: a mutant of either is to be noticed.
 * And on the reference itself, for what is worked by hand and for laws, which ask nobody else.
 */
const area = process.env.TOUCHSTONE_MUTATED_AREA
const options = { runs: 8, seed: 0, deadline: null, kept: {}, killing: false, shrink: false }

let ours: Implementation
beforeAll(async () => {
  ours = await openOurs('cpu')
})
afterAll(() => ours.close?.())

const ofArea = clauses.filter(({ id }) => !area || id.startsWith(`${area}.`))

/** The properties that an implementation does not have; so few cases may leave some open, which is no sign of a mutant. */
async function failing(clause: Clause, implementation: Implementation) {
  const { properties } = await checkClause(clause, implementation, options)
  const wrong = properties.filter(
    ({ verdict }) => !['conforms', 'inconclusive'].includes(verdict.outcome),
  )
  return wrong.map(({ id }) => id)
}

describe('the clauses of an area', () => {
  it.each(ofArea)('$id on our implementation', async (clause) => {
    expect(await failing(clause, ours)).toEqual([])
  })

  it.each(ofArea)('$id on the reference', async (clause) => {
    const reference = referenceImplementation(operations, referencesById)
    expect(await failing(clause, reference)).toEqual([])
  })
})
