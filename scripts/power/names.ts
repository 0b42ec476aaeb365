import { elementsOf } from '../../conformance/arbitraries/case.ts'
import type { Capsule } from '../../conformance/engine/capsule.ts'
import { checkProperty } from '../../conformance/engine/check.ts'
import { type Fault, faulty } from '../../conformance/engine/fault.ts'
import type { Implementation } from '../../conformance/engine/implementation.ts'
import type { Verdict } from '../../conformance/engine/verdict.ts'
import { properties } from '../../conformance/properties/index.ts'
import { runClausesOnEach } from '../../conformance/suite/clauses.ts'
import type { ClauseReport } from '../../conformance/suite/model.ts'
import { clauses } from '../../spec/index.ts'
import { fewestElements } from './fewest.ts'
import type { Mistake } from './mistake.ts'
import { mistaken, propertiesAsking, references, right, type Trying } from './notice.ts'
import { sampleOf } from './sample.ts'

/** What a report says of an implementation with one mistake. */
export interface Told {
  /** The property of the first case that is shown; `null` if nothing is noticed. */
  readonly shownBy: string | null
  /** The names under which it is reported, each once. */
  readonly names: readonly string[]
  /** Those of them that only the statistics of errors say, such as the digits of a format. */
  readonly measured: readonly string[]
  /** Whether it is wrong in what it takes alone, which reports tell by what that is. */
  readonly onlyAccepts: boolean
  /** What ended the harness, which no implementation should be able to do; `null` if nothing did. */
  readonly ended: string | null
}

/**
 * Reports on implementations that are wrong in one operation, by the clauses that ask for it. Which answers
 * a name is found by does not depend on what is made of failing cases, so that nothing is made of them.
 */
export async function report(
  operation: string,
  implementations: readonly Implementation[],
  { runs, seed }: Trying,
): Promise<readonly Told[]> {
  const asking = new Set(propertiesAsking(operation).map(({ clause }) => clause))
  const chosen = clauses.filter(({ id }) => asking.has(id))
  const options = {
    ...{ runs, seed, deadline: null, kept: {}, clauses: chosen, onProgress: () => {} },
    ...{ shrink: false, killing: false },
  }
  try {
    return (await runClausesOnEach({ ...options, implementations })).map(told)
  } catch (thrown) {
    if (implementations.length === 1) {
      return [
        {
          shownBy: null,
          names: [],
          measured: [],
          onlyAccepts: false,
          ended: (thrown as Error).message,
        },
      ]
    }
    // One of them ended it for all.
    const alone: Told[] = []
    for (const one of implementations) {
      alone.push(...(await report(operation, [one], { runs, seed })))
    }
    return alone
  }
}

function told(reports: readonly ClauseReport[]): Told {
  const all = reports.flatMap((clause) => clause.properties)
  const verdicts = all.map(({ verdict }) => verdict)
  const names = new Set(verdicts.flatMap(namesIn))
  const others = new Set(all.filter(({ id }) => !isWhole(id)).flatMap((it) => namesIn(it.verdict)))
  const kinds = verdicts.flatMap((verdict) => (verdict.outcome === 'violates' ? verdict.kind : []))
  return {
    shownBy: all.find(({ verdict }) => capsuleOf(verdict) !== null)?.id ?? null,
    names: [...names],
    measured: [...names].filter((name) => !others.has(name)),
    onlyAccepts: kinds.length > 0 && kinds.every((kind) => kind === 'accepted'),
    ended: null,
  }
}

const isWhole = (property: string) => properties.find(({ id }) => id === property)?.whole === true

/** The case that a property shows of a mistake. */
export interface Shown {
  /** Elements of all its arrays. */
  readonly elements: number
  /** How many the smallest case of the property has. */
  readonly least: number
  /** Whether it shows the mistake by itself, without what was asked before. */
  readonly alone: boolean
  /** Whether it is large, and has more elements than the mistake needs. */
  readonly excessive: boolean
  /** Whether it is large and would not have to be. */
  readonly needless: boolean
}

/** A case of more elements than this is large. */
const large = 64

/** The case that a property shows of a mistake; `null` if it shows none. */
export async function caseShown(
  id: string,
  mistake: Mistake,
  { runs, seed }: Trying,
): Promise<Shown | null> {
  const property = properties.find((each) => each.id === id)!
  const { verdict } = await checkProperty(property, mistaken(mistake), references, {
    ...{ runs, seed, deadline: null, kept: [], shrink: true, intermediates: false },
  })
  const capsule = capsuleOf(verdict)
  if (capsule === null) return null
  const elements = elementsOf(capsule)
  const alone = verdict.outcome !== 'unstable'
  const { fewest } = mistake.shownBy
  const needed = fewest ?? fewestElements(property.space, capsule, mistake.shownBy)
  const excessive = alone && elements > large && elements > needed
  return {
    elements,
    least: fewestElements(property.space, capsule),
    alone,
    excessive,
    needless: excessive && needed <= large,
  }
}

function capsuleOf(verdict: Verdict): Capsule | null {
  return 'capsule' in verdict ? verdict.capsule : null
}

function namesIn(verdict: Verdict): readonly string[] {
  if (verdict.outcome !== 'violates') return []
  return verdict.diagnosis === null ? verdict.candidates : [verdict.diagnosis]
}

/** Whether a mistake in an operation that the project knows has this name. */
export function isNameOfFault(operation: string, name: string): boolean {
  return faults().some((fault) => fault.operation.id === operation && fault.name === name)
}

const faults = () => [...new Set(properties.flatMap(({ kills }) => kills))]

/** How well the mistakes that the project knows are told by their names. */
export interface Diagnosed {
  /** Those of which an answer to a valid question is wrong. */
  readonly faults: number
  /** Those that are told by what they take for valid. */
  readonly accepting: number
  /** Named, and nothing else is. */
  readonly rightly: number
  /** One of several names, since no answer tells them apart. */
  readonly amongOthers: readonly string[]
  /** By other names only. */
  readonly wrongly: readonly string[]
}

/** Reports on at most so many faults of the operations that match, each as an implementation. */
export async function diagnoseFaults(
  matches: (operation: string) => boolean,
  most: number,
  trying: Trying,
): Promise<Diagnosed> {
  const all = faults().filter(({ operation }) => matches(operation.id))
  const chosen = sampleOf(all, most)
  let [rightly, accepting] = [0, 0]
  const amongOthers: string[] = []
  const wrongly: string[] = []
  for (const operation of new Set(chosen.map((fault) => fault.operation.id))) {
    const those = chosen.filter((fault) => fault.operation.id === operation)
    const reports = await report(
      operation,
      those.map((fault) => faulty(right, fault)),
      trying,
    )
    for (const [i, { names, onlyAccepts }] of reports.entries()) {
      if (onlyAccepts) accepting++
      if (names.length === 0) continue
      if (!names.includes(those[i].name)) wrongly.push(line(those[i], names))
      else if (names.length > 1) amongOthers.push(line(those[i], names))
      else rightly++
    }
  }
  return { faults: chosen.length - accepting, accepting, rightly, amongOthers, wrongly }
}

const line = ({ id }: Fault, names: readonly string[]) => `${id}: is called ${names.join('; ')}`
