import type { Operation } from '../../spec/language/operation.ts'
import { elements } from '../../spec/language/tensor.ts'
import { invalidities } from '../arbitraries/invalid.ts'
import type { Property } from '../engine/property.ts'
import { byClause } from './by-clause.ts'
import { lenient } from './faults.ts'
import { rejection } from './rejection.ts'

/** A few cases meet every way to be wrong, since each is tried on every case. */
const share = 0.1

/**
 * The same properties, and for every operation whose arguments none of them tries to be wrong in every
 * way that its signature allows, one that does: it belongs to the clause that compares the operation
 * with its reference, after whose properties it stands.
 */
export function withRejections(properties: readonly Property[]): readonly Property[] {
  const rejected = new Set<Operation>()
  for (const { check } of properties) {
    if (check.kind !== 'rejection') continue
    const names = new Set(check.invalidities.map(({ name }) => name))
    const every = invalidities(check.operation).every(({ name }) => names.has(name))
    if (every) rejected.add(check.operation)
  }
  const together = byClause(properties)
  return properties.flatMap((property, at) => {
    // The last property of the clause has all operations that the clause compares before it.
    if (properties[at + 1]?.clause === property.clause) return [property]
    const ofClause = together.get(property.clause)!
    const added = ofClause.flatMap(({ agrees, operations: [operation] }) => {
      if (!agrees || operation === undefined || rejected.has(operation)) return []
      rejected.add(operation)
      return outside(operation)(property.clause)
    })
    return [property, ...added]
  })
}

function outside(operation: Operation) {
  const [, name] = operation.id.split('.') as [string, string]
  return rejection(`${name}-outside`, operation, invalidities(operation), {
    title: `arguments outside the signature of ${operation.id} are rejected`,
    kills: [answersAnything(operation)],
    share,
  })
}

/** Gives zeros whatever it is asked, as code does that trusts its caller. */
function answersAnything(operation: Operation) {
  return lenient(operation, 'answers whatever it is asked', () =>
    Object.fromEntries(
      Object.entries(operation.outputs).map(([output, { axes }]) => {
        const shape = axes.map(() => 1)
        return [output, { dtype: 'float32', shape, data: new Float32Array(elements(shape)) }]
      }),
    ),
  )
}
