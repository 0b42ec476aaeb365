import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openOurs } from '../../conformance/adapters/ours.ts'
import { referenceImplementation } from '../../conformance/engine/fault.ts'
import type { Implementation } from '../../conformance/engine/implementation.ts'
import { compareOn } from '../../conformance/fixtures/on-device.ts'
import { waysOf } from '../../conformance/fixtures/ways.ts'
import { properties as everyProperty } from '../../conformance/properties/index.ts'
import { checkClause } from '../../conformance/suite/clauses.ts'
import { deviceNames } from '../../impl/device/name.ts'
import { referencesById } from '../../reference/index.ts'
import { clauses, operations } from '../../spec/index.ts'
import type { Clause } from '../../spec/language/clause.ts'

/**
 * The clauses of some areas on our implementation, judged by the reference: a mutant of either is to be noticed. What is
 * compared with the reference also on every other device, where our implementation goes another way.
 * And on the reference itself, for what is worked by hand and for laws, which ask nobody else, and for the ways in which
 * it computes the same.
 */
const { TOUCHSTONE_MUTATED_AREAS: areas = '', TOUCHSTONE_MUTATED_TREE: tree } = process.env
const isAsked = ({ id }: { readonly id: string }) => areas.split(',').includes(id.split('.')[0]!)
const options = { seed: 0, deadline: null, kept: {}, killing: false, shrink: false }

let ours: Implementation
beforeAll(async () => {
  ours = await openOurs('cpu')
})
afterAll(() => ours.close?.())

const ofArea = clauses.filter(isAsked)

const operationsOf = operations
  .filter(isAsked)
  .map((operation) => [operation.id, operation] as const)

/**
 * The properties that an implementation does not have, or that were not tried: where a bound says nothing, the reference
 * may be what is wrong. Of few cases, chance may leave too many open; then more are tried.
 */
async function failing(clause: Clause, implementation: Implementation) {
  const check = async (runs: number) =>
    (await checkClause(clause, implementation, { ...options, runs })).properties
  let found = await check(8)
  if (found.some(({ verdict }) => verdict.outcome === 'inconclusive')) found = await check(64)
  return found
    .filter(
      ({ id, verdict }) => verdict.outcome !== 'conforms' || verdict.cases < (workedCases[id] ?? 0),
    )
    .map(({ id }) => id)
}

/** How many cases were worked by hand, by property. */
const workedCases = Object.fromEntries(
  everyProperty.map(({ id, examples = [] }) => [id, examples.length]),
)

describe('the clauses of an area', () => {
  it.each(ofArea)('$id on our implementation', async (clause) => {
    expect(await failing(clause, ours)).toEqual([])
  })
})

if (tree === 'impl') {
  const compared = everyProperty.filter(({ clause }) => isAsked({ id: clause }))
  for (const name of deviceNames) if (name !== 'cpu') await compareOn(name, compared, 8)
} else {
  describe('the reference of an area', () => {
    it.each(ofArea)('$id on the reference', async (clause) => {
      const reference = referenceImplementation(operations, referencesById)
      expect(await failing(clause, reference)).toEqual([])
    })

    it.each(operationsOf)('%s is the same in every way', (_, operation) => {
      expect(waysOf(operation, 8).different).toEqual([])
    })
  })
}
