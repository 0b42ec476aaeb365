import type { Clause } from '../../spec/language/clause.ts'
import type { Property } from '../engine/property.ts'
import { loadedProperties, propertiesOf } from '../properties/loaded.ts'
import type { Report } from './model.ts'

/** What a fault costs that is to be killed, in cases. */
const casesPerFault = 10

/**
 * The parts that clauses may be divided into, the most work first: those whose properties share a plan of
 * their cases stay together, since what of it is made depends on all of them.
 */
export function unitsOf(
  clauses: readonly Clause[],
  runs: number,
  weigh: Weigh = byCases(runs),
): readonly (readonly Clause[])[] {
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
  return byWork(units, weigh)
}

/** Units in so many parts of about the same work, where each is to have its share from the beginning. */
export function divided(
  units: readonly (readonly Clause[])[],
  into: number,
  runs: number,
): readonly (readonly Clause[])[] {
  return sharesOf(units, into, runs).filter(({ length }) => length > 0)
}

/** As many parts as are asked for, of which some are empty where there is little to do. */
export function sharesOf(
  units: readonly (readonly Clause[])[],
  into: number,
  runs: number,
  weigh: Weigh = byCases(runs),
): readonly (readonly Clause[])[] {
  const parts = Array.from({ length: into }, () => ({ clauses: [] as Clause[], work: 0 }))
  for (const unit of byWork(units, weigh)) {
    const least = parts.reduce((best, part) => (part.work < best.work ? part : best))
    least.clauses.push(...unit)
    least.work += weightOf(unit, weigh)
  }
  return parts.map((part) => part.clauses)
}

/** About how much work a property is, in any unit. */
export type Weigh = (property: Property) => number

/** About how much work clauses are, in cases: those of their properties, and what their faults take. */
export function workOf(clauses: readonly Clause[], runs: number): number {
  return weightOf(clauses, byCases(runs))
}

const byCases =
  (runs: number): Weigh =>
  ({ share, kills }) =>
    Math.ceil(runs * share) + casesPerFault * kills.length

/**
 * The work of properties as earlier runs took time for it; of those that had none, what as many cases of the
 * others took.
 */
export function asMeasured(reports: readonly Pick<Report, 'clauses'>[], runs: number): Weigh {
  const measured = new Map<string, number>()
  for (const { id, seconds } of reports.flatMap(({ clauses }) =>
    clauses.flatMap(({ properties }) => properties),
  )) {
    measured.set(id, (measured.get(id) ?? 0) + seconds)
  }
  const cases = byCases(runs)
  const known = loadedProperties().filter(({ id }) => (measured.get(id) ?? 0) > 0)
  const sum = (of: Weigh) => known.reduce((all, property) => all + of(property), 0)
  const secondsOf: Weigh = ({ id }) => measured.get(id)!
  const each = known.length === 0 ? 1 : sum(secondsOf) / sum(cases)
  return (property) => measured.get(property.id) || each * cases(property)
}

function weightOf(clauses: readonly Clause[], weigh: Weigh): number {
  return clauses
    .flatMap(({ id }) => propertiesOf(id))
    .reduce((sum, property) => sum + weigh(property), 0)
}

function byWork(units: readonly (readonly Clause[])[], weigh: Weigh) {
  return units.toSorted((a, b) => weightOf(b, weigh) - weightOf(a, weigh))
}
