import { operationById } from '../../spec/index.ts'
import type { Implementation } from '../engine/implementation.ts'
import { isFailure, type Verdict } from '../engine/verdict.ts'
import { propertyById } from '../properties/loaded.ts'
import type { ClauseReport, FirstAid, Report } from '../suite/model.ts'
import { channelsFirst, type SmokeResult, smokeOperation } from './smoke.ts'

/** An operation that is wrong nearly everywhere. */
interface Patient extends Pick<FirstAid, 'operation' | 'failing' | 'properties'> {
  /** Whether half of what is compared is answered wrongly, or most properties at their first case. */
  readonly isSevere: boolean
}

/** A mistake of all operations is explained by a few of them; more would only take longer. */
const mostTreated = 5

/**
 * Where most properties of an operation fail at their first case, or most cases that are compared with the
 * reference, nothing subtle is wrong: arrays are read in another order, say, or another convention is
 * followed. Tries what would explain it, for a few of these operations, on tiny cases.
 */
export function firstAid(
  report: Report,
  implementation: Implementation,
): Promise<readonly FirstAid[]> {
  return firstAidBy(report, (operation) => explanationOf(operation, implementation))
}

/** The same where what explains that an operation is wrong is found out by something else. */
export async function firstAidBy(
  report: Report,
  explain: (operation: string) => Promise<string | null>,
): Promise<readonly FirstAid[]> {
  const found: FirstAid[] = []
  for (const [place, patient] of patientsIn(report).entries()) {
    const says = place < mostTreated ? await explain(patient.operation) : null
    const { isSevere, ...signs } = patient
    // What is wrong less often, or refused, has other causes as a rule, and is told only with one that is found.
    const isTold = isSevere && !isNamedIn(report, patient.operation)
    if (isTold || says !== null) found.push({ ...signs, says })
  }
  return found
}

/**
 * Whether the report says what is wrong with an operation, by a name or as answers that differ from one time to
 * the next: then nobody is told that nothing explains it.
 */
function isNamedIn({ clauses }: Report, operation: string): boolean {
  return clauses.some(({ properties }) =>
    properties.some(({ verdict }) => {
      const isNamed = verdict.outcome === 'violates' && verdict.diagnosis !== null
      return (isNamed || verdict.outcome === 'unstable') && blames(verdict, operation)
    }),
  )
}

/** What explains that an operation is wrong nearly everywhere; `null` where nothing that is known does. */
export async function explanationOf(
  operation: string,
  implementation: Implementation,
): Promise<string | null> {
  const known = operationById(operation)
  return known === undefined ? null : explanationIn(await smokeOperation(known, implementation))
}

function explanationIn({ blame, problem, cases, refused }: SmokeResult): string | null {
  // That it refuses whatever it is given explains nothing.
  if (cases === 0 && refused > 0 && problem !== channelsFirst) return null
  if (blame === 'rounding') return nearlyRight
  return blame === 'adapter' || blame === 'convention' ? problem : null
}

/** What is said of an operation whose answers to tiny cases are wrong by little. */
const nearlyRight =
  'on tiny cases its answers are right but for their last places, as if something were rounded more than it may be'

/** What the verdicts on one operation come to. */
interface Signs {
  properties: number
  failing: number
  /** Properties that fail at their first case, and those of them that are answered wrongly and not refused. */
  atOnce: number
  wrongAtOnce: number
  /** Cases that are compared with the reference, how many of them fail, and how many are answered wrongly. */
  compared: number
  comparedFailing: number
  comparedWrong: number
}

/** The operations of a report that are wrong nearly everywhere, beside what is known to fail. */
export function patientsIn({
  clauses,
  known,
}: Pick<Report, 'known'> & { readonly clauses: readonly ClauseReport[] }) {
  const expected = new Set(known?.failing.map(({ property }) => property))
  const all = new Map<string, Signs>()
  for (const { id, operations, verdict } of clauses.flatMap(({ properties }) => properties)) {
    if (!speaks(verdict) || expected.has(id)) continue
    for (const operation of operations) {
      if (isFailure(verdict) && !blames(verdict, operation)) continue
      const signs = all.get(operation) ?? noSigns()
      all.set(operation, signs)
      signs.properties++
      if (isFailure(verdict)) signs.failing++
      const isRefused = kindOf(verdict) === 'refused'
      if ('first' in verdict && verdict.first === 1) {
        signs.atOnce++
        if (!isRefused) signs.wrongAtOnce++
      }
      if (!compares(id) || !('cases' in verdict)) continue
      signs.compared += verdict.cases
      if (!('failing' in verdict)) continue
      signs.comparedFailing += verdict.failing ?? 0
      if (!isRefused) signs.comparedWrong += verdict.failing ?? 0
    }
  }
  return [...all]
    .filter(([, { failing, properties, atOnce, compared, comparedFailing }]) => {
      return failing > 0 && (2 * atOnce > properties || isOften(comparedFailing, compared))
    })
    .map(([operation, { failing, properties, wrongAtOnce, compared, comparedWrong }]): Patient => {
      const isMostlyWrong = comparedWrong > 0 && comparedWrong >= 0.5 * compared
      const isSevere = 2 * wrongAtOnce > properties || isMostlyWrong
      return { operation, failing, properties, isSevere }
    })
    .sort((a, b) => Number(b.isSevere) - Number(a.isSevere) || b.failing - a.failing)
}

const isOften = (failing: number, cases: number) => failing > 0 && failing >= leastShare * cases

/** From this share of wrong answers on, a misreading may be what makes them wrong: many cases are symmetric. */
const leastShare = 0.25

const noSigns = (): Signs => ({
  properties: 0,
  failing: 0,
  atOnce: 0,
  wrongAtOnce: 0,
  compared: 0,
  comparedFailing: 0,
  comparedWrong: 0,
})

/** Whether a property compares an operation with its reference. */
const compares = (property: string) => propertyById(property)?.agrees === true

/** Whether a verdict tells whether answers are right: those that have no case, or let something through, do not. */
function speaks(verdict: Verdict): boolean {
  if (verdict.outcome === 'conforms') return true
  return (
    isFailure(verdict) && !['accepted', 'failed', 'defect'].includes(kindOf(verdict) ?? 'defect')
  )
}

function kindOf(verdict: Verdict): string | undefined {
  return 'kind' in verdict ? verdict.kind : undefined
}

function blames(verdict: Verdict, operation: string): boolean {
  return 'wrong' in verdict && (verdict.wrong?.includes(operation) ?? false)
}
