import type { Clause } from '../../spec/language/clause.ts'
import type { Operation } from '../../spec/language/operation.ts'
import type { Property } from '../engine/property.ts'
import type { Report } from './model.ts'

/** What the four trees hold, as far as one leads to the other. */
export interface Trees {
  readonly clauses: readonly Pick<Clause, 'id' | 'errata' | 'operations'>[]
  readonly operations: readonly Pick<Operation, 'id'>[]
  /** The operations that have a formula, by id, and those that are made fast. */
  readonly referenced: readonly string[]
  readonly implemented: readonly string[]
  readonly properties: readonly (Pick<Property, 'id' | 'clause'> & {
    readonly kills: readonly { readonly id: string }[]
  })[]
}

/** Every claim of the trees without its evidence, as a sentence each; none where all is well. */
export function gapsIn(trees: Trees): readonly string[] {
  const { clauses, operations, referenced, implemented, properties } = trees
  const clauseIds = new Set(clauses.map(({ id }) => id))
  const operationIds = new Set(operations.map(({ id }) => id))
  const proved = new Set(properties.map(({ clause }) => clause))
  const propertyIds = new Set(properties.map(({ id }) => id))
  const unspecified = (ids: readonly string[], what: string) =>
    ids.filter((id) => !operationIds.has(id)).map((id) => `${id}: ${what} without a specification`)
  const lacking = (ids: readonly string[], what: string) =>
    [...operationIds].filter((id) => !ids.includes(id)).map((id) => `${id}: no ${what}`)
  return [
    ...unspecified(referenced, 'a reference'),
    ...unspecified(implemented, 'a fast form'),
    ...lacking(referenced, 'reference'),
    ...lacking(implemented, 'fast form'),
    ...properties.flatMap(({ id, clause }) =>
      clauseIds.has(clause) ? [] : [`${id}: a property of a clause that is not specified`],
    ),
    ...[...clauseIds].flatMap((id) => (proved.has(id) ? [] : [`${id}: a clause without property`])),
    ...properties.flatMap(({ id, kills }) =>
      kills.length > 0 ? [] : [`${id}: a property without a fault that it must notice`],
    ),
    ...properties.flatMap(({ id, kills }) =>
      kills.flatMap((fault) =>
        operationIds.has(operationOf(fault.id))
          ? []
          : [`${id}: the fault ${fault.id} is of an operation that is not specified`],
      ),
    ),
    ...errataWithout(clauses, propertyIds),
  ]
}

/** Errata whose counterexample no property of any of their clauses runs. */
function errataWithout(clauses: Trees['clauses'], properties: ReadonlySet<string>) {
  const errata = new Map<string, string[]>()
  for (const { id, errata: own } of clauses) {
    for (const erratum of own) errata.set(erratum.id, [...(errata.get(erratum.id) ?? []), id])
  }
  return [...errata].flatMap(([erratum, ids]) =>
    ids.some((id) => properties.has(`${id}/${erratum}`))
      ? []
      : [`${erratum}: its counterexample is run by no property of ${ids.join(', ')}`],
  )
}

/** The faults that a run tried on properties which did not notice them. */
export function survivorsIn({ clauses }: Pick<Report, 'clauses'>): readonly string[] {
  return clauses.flatMap(({ properties }) =>
    properties.flatMap(({ id, faults }) =>
      faults.flatMap(({ name, killed, cases }) =>
        killed ? [] : [`${id}: the fault ${name} was not noticed in ${cases} cases`],
      ),
    ),
  )
}

/** `cnn.conv2d: flips the kernel` is a fault of `cnn.conv2d`. */
function operationOf(fault: string): string {
  return fault.slice(0, fault.indexOf(': '))
}
