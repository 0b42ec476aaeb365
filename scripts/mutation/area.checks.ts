import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openOurs } from '../../conformance/adapters/ours.ts'
import type { Implementation } from '../../conformance/engine/implementation.ts'
import { checkClause } from '../../conformance/suite/clauses.ts'
import { clauses } from '../../spec/index.ts'

/** The clauses of an area, or of all, on our implementation, judged by the reference: a mutant of either is to be noticed. */
const area = process.env.TOUCHSTONE_MUTATED_AREA
const options = { runs: 8, seed: 0, deadline: null, kept: {}, killing: false, shrink: false }

let ours: Implementation
beforeAll(async () => {
  ours = await openOurs('cpu')
})
afterAll(() => ours.close?.())

describe('the clauses of an area', () => {
  it.each(clauses.filter(({ id }) => !area || id.startsWith(`${area}.`)))('$id', async (clause) => {
    const { properties } = await checkClause(clause, ours, options)
    // So few cases may leave some open, which is no sign of a mutant.
    const wrong = properties.filter(
      ({ verdict }) => !['conforms', 'inconclusive'].includes(verdict.outcome),
    )
    expect(wrong.map(({ id }) => id)).toEqual([])
  })
})
