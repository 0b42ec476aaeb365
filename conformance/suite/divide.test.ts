import { describe, expect, it } from 'vitest'
import { clauses } from '../../spec/index.ts'
import type { Clause } from '../../spec/language/clause.ts'
import { propertiesOf } from '../properties/loaded.ts'
import { divided, unitsOf, workOf } from './divide.ts'
import '../properties/index.ts'

const units = unitsOf(clauses, 100)

const idsOf = (parts: readonly (readonly Clause[])[]) => parts.flat().map(({ id }) => id)

describe('the parts of a run', () => {
  it('have each clause once', () => {
    const all = clauses.map(({ id }) => id).toSorted()
    expect(idsOf(units).toSorted()).toEqual(all)
    expect(idsOf(divided(units, 3, 100)).toSorted()).toEqual(all)
  })

  it('keep together what shares a plan of its cases', () => {
    const shared = units.filter(({ length }) => length > 1)
    expect(shared.length).toBeGreaterThan(0)
    for (const unit of units) {
      const own = unit.flatMap(({ id }) => propertiesOf(id))
      for (const { shares } of own) {
        for (const other of shares?.plan ?? []) expect(own).toContain(other)
      }
    }
  })

  it('are of about the same work', () => {
    const work = divided(units, 4, 100).map((part) => workOf(part, 100))
    expect(Math.max(...work)).toBeLessThan(1.1 * Math.min(...work))
  })

  it('are no more than there is to do', () => {
    expect(divided(units.slice(0, 2), 5, 100)).toHaveLength(2)
    expect(unitsOf([], 100)).toEqual([])
  })
})
