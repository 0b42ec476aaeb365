import { figure, plural } from '../base/text.ts'
import { timeOver } from '../engine/stopping.ts'
import { isFailure } from '../engine/verdict.ts'
import type { Report } from '../suite/model.ts'

/** A share of the time goes into other things than cases, such as the faults that must be noticed. */
const shareOfCases = 0.6

/** The properties that are judged, or would have been in more time. */
function askedOf({ clauses }: Report) {
  return clauses
    .flatMap(({ properties }) => properties)
    .filter(({ verdict: { outcome } }) => outcome !== 'unsupported' && outcome !== 'declined')
}

type Judged = ReturnType<typeof askedOf>[number]

const casesOf = ({ verdict }: Judged) => ('cases' in verdict ? verdict.cases : 0)

/** Whether the time was over before it came to its end. */
function isLate({ verdict }: Judged): boolean {
  return verdict.outcome === 'conforms'
    ? verdict.left !== undefined
    : 'reason' in verdict && verdict.reason.startsWith(timeOver)
}

/** How far everything came in the time that was given; `null` where that was enough. */
export function timeIn(report: Report): string | null {
  const asked = askedOf(report)
  const late = asked.filter(isLate).map(casesOf)
  if (late.length === 0) return null
  const fewer = late.filter((cases) => cases > 0)
  const [least, most] = [Math.min(...fewer), Math.max(...fewer)]
  const range = least === most ? figure(least) : `${figure(least)} to ${figure(most)}`
  const whole = asked.filter((it) => !isLate(it) && !isFailure(it.verdict))
  const all = plural(whole.length, 'property', 'properties')
  return [
    `was enough for all cases of ${all}`,
    ...(fewer.length > 0 ? [`fewer of ${figure(fewer.length)} (${range})`] : []),
    `none of ${figure(late.length - fewer.length)}`,
  ].join(', ')
}

/**
 * Where properties had no chance to conform in the time: with how many cases each they would, by how many
 * were tried in it. `null` where time was not what was missing.
 */
export function adviceOnTime(report: Report): string | null {
  const { environment } = report
  const asked = askedOf(report)
  if (!asked.some((it) => isLate(it) && it.verdict.outcome !== 'conforms')) return null
  const tried = asked.reduce((sum, it) => sum + casesOf(it), 0)
  const fitting = Math.floor((shareOfCases * tried) / asked.length)
  const way =
    fitting >= 1 && fitting < environment.runs
      ? `--runs ${fitting} would fit into this time`
      : 'more of it may be given with --time'
  return `what had no case, or no time for its faults, is no pass; ${way}`
}
