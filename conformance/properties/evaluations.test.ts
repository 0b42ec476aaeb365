import { describe, expect, it } from 'vitest'
import { lift } from '../../reference/arithmetic/array.ts'
import { bounded } from '../../reference/arithmetic/bounded.ts'
import { profiles } from '../../reference/arithmetic/profile.ts'
import { referencesById } from '../../reference/index.ts'
import type { Reference } from '../../reference/reference.ts'
import { clauseById, clauses, operations } from '../../spec/index.ts'
import type { Clause } from '../../spec/language/clause.ts'
import type { Operation } from '../../spec/language/operation.ts'
import { mapValues } from '../base/records.ts'
import { checkProperty } from '../engine/check.ts'
import { referenceImplementation } from '../engine/fault.ts'
import type { Evaluate, Implementation, Outputs } from '../engine/implementation.ts'
import { killFaults } from '../engine/kills.ts'
import { ways } from '../fixtures/evaluations/evaluations.ts'
import type { Way } from '../fixtures/evaluations/float32.ts'
import { properties } from './index.ts'

const right = referenceImplementation(operations, referencesById)
const named = (clauses as readonly Clause[]).flatMap(({ id, evaluations = [] }) =>
  evaluations.map(({ way, profile }) => ({ clause: id, way, profile })),
)
const profileOf = (the: Way) =>
  named.find(({ clause, way }) => clause === the.clause && way === the.way)?.profile

function implementing({ operations: own }: Way, profile: keyof typeof profiles): Implementation {
  const all = { ...right.operations, ...own }
  return { ...right, profile: profiles[profile], operations: all }
}

/** The properties that its operations take part in, and how each came out. */
async function verdicts(the: Way, profile: keyof typeof profiles) {
  const touched = properties.filter((property) =>
    property.operations.some(({ id }) => id in the.operations),
  )
  const implementation = implementing(the, profile)
  const outcomes: string[] = []
  for (const property of touched) {
    const runs = property.clause === the.clause ? 100 : 10
    const options = { runs, seed: 3, deadline: null, kept: [], shrink: false }
    const { verdict } = await checkProperty(property, implementation, referencesById, options)
    const reason = 'reason' in verdict ? `: ${verdict.reason}` : ''
    outcomes.push(`${property.id} ${verdict.outcome}${reason}`)
  }
  return outcomes
}

/** The largest difference from the reference on the telling case, as a share of the bound. */
function used(the: Way, profile: keyof typeof profiles): number {
  const { inputs, parameters } = the.telling!
  const [[id, evaluate]] = Object.entries(the.operations) as [[string, Evaluate]]
  const bounds = bounded('float32', profiles[profile])
  const reference = referencesById[id] as unknown as Reference<Operation>
  const arrays = mapValues(inputs, (tensor) => lift(bounds, tensor))
  const expected = reference(bounds, arrays, parameters as never)
  const answer = evaluate(inputs, parameters) as Outputs
  const shares = Object.entries(expected).flatMap(([output, { data }]) =>
    data.map((x, i) => Math.abs(x.value - answer[output]!.data[i]!) / bounds.error(x)),
  )
  return Math.max(...shares)
}

const others = (outcomes: readonly string[]) =>
  outcomes.filter((outcome) => !outcome.endsWith(' conforms'))

describe('an evaluation that a clause names', () => {
  it('is run here, each of them', () => {
    const run = ways.map(({ clause, way }) => `${clause}: ${way}`)
    expect(run.toSorted()).toEqual(named.map(({ clause, way }) => `${clause}: ${way}`).toSorted())
    expect(ways.filter(({ clause }) => clauseById(clause) === undefined)).toEqual([])
  })

  it.each(ways.map((the) => [the.clause, the.way, the] as const))(
    '%s conforms: %s',
    async (_, __, the) => {
      const outcomes = await verdicts(the, profileOf(the) ?? 'ieee')
      expect(outcomes.length).toBeGreaterThan(1)
      expect(others(outcomes)).toEqual([])
    },
  )

  it.each(
    ways
      .filter((the) => the.telling !== undefined && profileOf(the) === undefined)
      .map((the) => [the.way, the] as const),
  )('is within the bound also where it rounds most: %s', (_, the) => {
    expect(used(the, 'ieee')).toBeGreaterThan(0)
    expect(used(the, 'ieee')).toBeLessThanOrEqual(1)
  })

  it.each(ways.filter((the) => profileOf(the) !== undefined).map((the) => [the.way, the] as const))(
    'has to be declared where it costs accuracy: %s',
    async (_, the) => {
      if (the.telling === undefined) {
        // Not the bound tells, but a law.
        expect(others(await verdicts(the, 'ieee'))).not.toEqual([])
        expect(others(await verdicts(the, 'library'))).toEqual([])
        return
      }
      expect(used(the, 'ieee')).toBeGreaterThan(1)
      expect(used(the, profileOf(the)!)).toBeLessThanOrEqual(1)
      expect(used(the, 'library')).toBeLessThanOrEqual(1)
    },
  )
})

describe('a profile of short cuts', () => {
  // It allows to cut digits off, which is what the statistics of rounding are there to notice.
  const conv2d = properties.filter(
    ({ clause, id }) => clause.startsWith('cnn.conv2d.') && !id.endsWith('-rounding'),
  )

  it.each(conv2d.map((property) => [property.id, property] as const))(
    'notices plain mistakes all the same: %s',
    async (_, property) => {
      const lenient = { ...right, profile: profiles.library }
      const kills = await killFaults(property, lenient, referencesById, 0)
      expect(kills.filter(({ killed }) => !killed)).toEqual([])
    },
  )
})
