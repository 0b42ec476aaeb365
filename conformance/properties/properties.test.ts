import { describe, expect, it } from 'vitest'
import { clauses } from '../../spec/index.ts'
import { properties } from './index.ts'

describe('the properties', () => {
  it('belong to a clause that exists, under an id that is used once', () => {
    const known = new Set<string>(clauses.map(({ id }) => id))
    expect(properties.filter(({ clause }) => !known.has(clause))).toEqual([])
    const ids = properties.map(({ id }) => id)
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
  })

  it('check every clause at least twice, and kill at least one fault each', () => {
    const checks = (id: string) => properties.filter(({ clause }) => clause === id).length
    expect(clauses.filter(({ id }) => checks(id) < 2).map(({ id }) => id)).toEqual([])
    expect(properties.filter(({ kills }) => kills.length === 0).map(({ id }) => id)).toEqual([])
  })

  it('run the counterexample of every erratum', () => {
    const errata = clauses.flatMap((clause) => clause.errata.map(({ id }) => `${clause.id}/${id}`))
    const run = new Set(properties.map(({ id }) => id))
    expect(errata.filter((id) => !run.has(id))).toEqual([])
  })

  it('kill the faults that they name, each under a name that is used once', () => {
    const faults = [...new Set(properties.flatMap(({ kills }) => kills))]
    const ids = faults.map(({ id }) => id)
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
  })
})
