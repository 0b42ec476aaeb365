import { checkProperty } from '../../conformance/engine/check.ts'
import { Checking } from '../../conformance/engine/checking.ts'
import { referenceImplementation } from '../../conformance/engine/fault.ts'
import type { Evaluate, Implementation } from '../../conformance/engine/implementation.ts'
import type { Property } from '../../conformance/engine/property.ts'
import type { Outcome } from '../../conformance/engine/verdict.ts'
import { properties } from '../../conformance/properties/index.ts'
import { glancedAt, mostGlances } from '../../conformance/suite/rounds.ts'
import { references as everyReference } from '../../reference/index.ts'
import type { References } from '../../reference/reference.ts'
import { operations } from '../../spec/index.ts'
import type { Mistake } from './mistake.ts'

export const references = everyReference as unknown as References

/** The reference, rounded once: what every wrong implementation is but for its mistake. */
export const right: Implementation = referenceImplementation(operations, references)

/** The right implementation with other evaluations in the place of some. */
export function rightBut(name: string, others: Readonly<Record<string, Evaluate>>): Implementation {
  return { ...right, name, operations: { ...right.operations, ...others } }
}

/** The properties that ask an operation, in the order of a default run. */
export function propertiesAsking(operation: string): readonly Property[] {
  return properties.filter((property) => property.operations.some(({ id }) => id === operation))
}

/** Whether a verdict says that something is wrong with an implementation. */
export function isNoticed(outcome: Outcome): boolean {
  return outcome === 'violates' || outcome === 'errored' || outcome === 'unstable'
}

export interface Trying {
  readonly runs: number
  readonly seed: number
}

/** How a mistake came out. */
export interface Noticed {
  readonly mistake: Mistake
  /** The first property that noticed it, or `null`. */
  readonly property: string | null
  /**
   * Cases of all properties that ask its operation, up to the first that failed, and the milliseconds
   * of processor time that they took: what else the machine does is not counted.
   */
  readonly cases: number
  readonly milliseconds: number
}

/**
 * Checks an implementation with a mistake by the properties that ask its operation, in the order of a
 * default run, until one fails.
 */
export async function notice(mistake: Mistake, trying: Trying): Promise<Noticed> {
  const implementation = mistaken(mistake)
  let cases = 0
  const started = process.cpuUsage()
  const spent = () => process.cpuUsage(started).user / 1000
  for (const property of propertiesAsking(mistake.operation.id)) {
    const tried = await tryOn(property, implementation, trying)
    cases += tried.cases
    if (tried.noticed) {
      return { mistake, property: property.id, cases, milliseconds: spent() }
    }
  }
  return { mistake, property: null, cases, milliseconds: spent() }
}

/** When a mistake is noticed. */
export interface NoticedAfter {
  /** By property that notices it, after how many of its cases. */
  readonly cases: ReadonlyMap<string, number>
  /** By property, after how many glances a case failed that was judged because of them. */
  readonly glances: ReadonlyMap<string, number>
}

/** After how many cases and glances each property that notices a mistake does so. */
export async function failuresOf(mistake: Mistake, trying: Trying): Promise<NoticedAfter> {
  const implementation = mistaken(mistake)
  const asking = propertiesAsking(mistake.operation.id)
  const cases = new Map<string, number>()
  for (const property of asking) {
    const tried = await tryOn(property, implementation, trying)
    if (tried.noticed) cases.set(property.id, tried.cases)
  }
  const glances = new Map<string, number>()
  for (const property of glancedAt(asking)) {
    const after = await glanceAt(property, implementation, trying)
    if (after !== null) glances.set(property.id, after)
  }
  return { cases, glances }
}

/** After how many glances a case failed; `null` if none did. */
async function glanceAt(
  property: Property,
  implementation: Implementation,
  { runs, seed }: Trying,
): Promise<number | null> {
  const candidate = { implementation, runs, deadline: null, kept: [], shrink: false }
  const checking = new Checking(property, [candidate], references, seed)
  for (let i = 1; i <= mostGlances; i++) {
    await checking.glance()
    if (checking.failed) return i
  }
  return null
}

/** How often the answers to a default run's questions are other than the right ones. */
export async function reach(
  { id, operation, make }: Mistake,
  trying: Trying,
): Promise<{ readonly answers: number; readonly wrong: number }> {
  const [wrongly, rightly] = [make(), right.operations[operation.id]]
  let [answers, wrong] = [0, 0]
  const evaluate: Evaluate = async (inputs, parameters) => {
    const expected = await rightly(inputs, parameters)
    const answer = await wrongly(inputs, parameters)
    answers++
    const same = Object.entries(expected).every(
      ([name, { shape, data }]) =>
        answer[name].shape.join() === shape.join() &&
        data.every((v, at) => v === answer[name].data[at] || Number.isNaN(v)),
    )
    if (!same) wrong++
    return answer
  }
  const implementation = rightBut(id, { [operation.id]: evaluate })
  for (const property of propertiesAsking(operation.id)) {
    await tryOn(property, implementation, trying)
  }
  return { answers, wrong }
}

export function mistaken({ id, operation, make }: Mistake): Implementation {
  return rightBut(id, { [operation.id]: make() })
}

/** A mistake that ends the harness is none that a report tells of. */
async function tryOn(property: Property, implementation: Implementation, { runs, seed }: Trying) {
  try {
    const { verdict } = await checkProperty(property, implementation, references, {
      ...{ runs, seed, deadline: null, kept: [], shrink: false, intermediates: false },
      untilFirst: true,
    })
    // What this project stumbles over is not noticed.
    const defect = 'kind' in verdict && verdict.kind === 'defect'
    const noticed = isNoticed(verdict.outcome) && !defect
    return { cases: 'cases' in verdict ? verdict.cases : 0, noticed }
  } catch {
    return { cases: 0, noticed: false }
  }
}
