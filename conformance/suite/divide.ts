import type { Clause } from '../../spec/language/clause.ts'
import type { Property } from '../engine/property.ts'
import { propertiesOf } from './clauses.ts'

/** What a fault costs that is to be killed, in cases. */
const casesPerFault = 10

/**
 * The parts that clauses may be divided into, the most work first: those whose properties share a plan of
 * their cases stay together, since what of it is made depends on all of them.
 */
export function unitsOf(clauses: readonly Clause[], runs: number): readonly (readonly Clause[])[] {
  const units: Clause[][] = []
  for (const clause of clauses) {
    const sharing = new Set(propertiesOf(clause.id).flatMap(({ shares }) => shares?.plan ?? []))
    const isOfIt = (unit: readonly Clause[]) =>
      unit.some(({ id }) => propertiesOf(id).some((property) => sharing.has(property)))
    const [first, ...others] = units.filter(isOfIt)
    if (first === undefined) units.push([clause])
    else {
      first.push(clause, ...others.flat())
      for (const other of others) units.splice(units.indexOf(other), 1)
    }
  }
  return byWork(units, runs)
}

/** Units in so many parts of about the same work, where each is to have its share from the beginning. */
export function divided(
  units: readonly (readonly Clause[])[],
  into: number,
  runs: number,
): readonly (readonly Clause[])[] {
  const parts = Array.from({ length: into }, () => ({ clauses: [] as Clause[], work: 0 }))
  for (const unit of byWork(units, runs)) {
    const least = parts.reduce((best, part) => (part.work < best.work ? part : best))
    least.clauses.push(...unit)
    least.work += workOf(unit, runs)
  }
  return parts.map((part) => part.clauses).filter(({ length }) => length > 0)
}

/** About how much work clauses are, in cases: those of their properties, and what their faults take. */
export function workOf(clauses: readonly Clause[], runs: number): number {
  const work = ({ share, kills }: Property) =>
    Math.ceil(runs * share) + casesPerFault * kills.length
  return clauses
    .flatMap(({ id }) => propertiesOf(id))
    .reduce((sum, property) => sum + work(property), 0)
}

function byWork(units: readonly (readonly Clause[])[], runs: number) {
  return units.toSorted((a, b) => workOf(b, runs) - workOf(a, runs))
}
