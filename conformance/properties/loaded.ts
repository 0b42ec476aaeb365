import { clauses } from '../../spec/index.ts'
import { areaOf } from '../../spec/language/area.ts'
import type { Property } from '../engine/property.ts'
import { withAnswers } from '../kit/answers.ts'
import { byClause } from '../kit/by-clause.ts'
import { withRejections } from '../kit/outside.ts'
import { sharingPlans } from '../kit/sharing.ts'
import { withStatistics } from '../kit/statistics.ts'
import { statedIn } from './stated-in.ts'

/** The properties of the areas that are loaded, by area and clause. */
const loaded = new Map<string, ReadonlyMap<string, readonly Property[]>>()

const byId = new Map<string, Property>()

/** The operations that a property which is loaded compares with the reference, by id. */
const compared = new Set<string>()

const areas: ReadonlySet<string> = new Set(clauses.map(({ id }) => areaOf(id)))

/**
 * Loads the properties of the areas of some clauses, operations or properties, by their ids, and of the areas whose
 * operations these ask: of those that are loaded nothing is left to load.
 */
export async function loadPropertiesOf(ids: Iterable<string>): Promise<void> {
  const wanted = new Set([...ids].map(areaOf))
  for (const area of wanted) {
    if (!areas.has(area)) continue
    if (!loaded.has(area)) keepArea(area, await statedIn(area))
    for (const { operations } of propertiesIn(area)) {
      for (const { id } of operations) wanted.add(areaOf(id))
    }
  }
}

/** Loads the properties of every area. */
export function loadEveryProperty(): Promise<void> {
  return loadPropertiesOf(clauses.map(({ id }) => id))
}

/** Loads the properties of every area whose code is still there: what was built may be gone when a run ends. */
export async function loadRest(): Promise<void> {
  try {
    await loadEveryProperty()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'ENOENT') throw error
  }
}

/** Keeps what an area states, and what follows for its operations. */
export function keepArea(area: string, stated: readonly Property[]): void {
  if (loaded.has(area)) return
  const properties = sharingPlans(withStatistics(withAnswers(withRejections(stated))))
  for (const property of properties) {
    byId.set(property.id, property)
    for (const operation of comparedBy(property)) compared.add(operation)
  }
  loaded.set(area, byClause(properties))
}

function propertiesIn(area: string): readonly Property[] {
  return [...loaded.get(area)!.values()].flat()
}

/** The properties of all areas that are loaded, in the order of the clauses. */
export function loadedProperties(): readonly Property[] {
  return [...areas].filter((area) => loaded.has(area)).flatMap(propertiesIn)
}

/**
 * The properties of a clause; none where there is no such clause.
 *
 * @throws {Error} those of its area are not loaded
 */
export function propertiesOf(clause: string): readonly Property[] {
  assertLoaded(clause)
  return loaded.get(areaOf(clause))?.get(clause) ?? []
}

/**
 * The property with this id; `undefined` where there is none.
 *
 * @throws {Error} those of its area are not loaded
 */
export function propertyById(id: string): Property | undefined {
  assertLoaded(id)
  return byId.get(id)
}

/** The operations that a property compares with the reference, by id. */
export function comparedBy({ agrees = false, operations }: Property): readonly string[] {
  return agrees ? operations.map(({ id }) => id) : []
}

/** Whether a property of the areas that are loaded compares an operation with the reference. */
export function isCompared(operation: string): boolean {
  return compared.has(operation)
}

/** Whether the properties of the area of a clause or a property are loaded; of an area that there is not, there are none. */
export function isLoaded(id: string): boolean {
  const area = areaOf(id)
  return loaded.has(area) || !areas.has(area)
}

function assertLoaded(id: string): void {
  if (isLoaded(id)) return
  throw new Error(`the properties of ${areaOf(id)} are asked for before they are loaded`)
}
