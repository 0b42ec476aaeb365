import type { Verdict } from '../engine/verdict.ts'
import type { Report } from '../suite/model.ts'
import { problemsOf } from '../suite/problems.ts'

/**
 * What an implementation could declare where a failure may be meant: what it refuses on purpose, and that
 * it adds in an order that varies.
 */
export function hintsOf(report: Report): readonly string[] {
  const problems = problemsOf(report)
  const refuses = problems.some(({ kind }) => kind === 'refused')
  const varies = problems.some(({ kind }) => kind === 'unstable') && onlyWithinBounds(report)
  return [
    ...(refuses
      ? [
          'What it refuses on purpose is declined and no error where it says so: by `supports`, or by throwing Unsupported with the reason.',
        ]
      : []),
    ...(varies
      ? [
          "All answers that differ are within the bound: one that adds in any order declares `reproducible: 'within-bound'`.",
        ]
      : []),
  ]
}

/** Whether every question with two answers has both of them within the bound. */
function onlyWithinBounds(report: Report): boolean {
  const verdicts = report.clauses.flatMap(({ properties }) => properties.map((it) => it.verdict))
  const unstable = verdicts.filter(isUnstable)
  return unstable.length > 0 && unstable.every(({ twice }) => twice?.withinBound === true)
}

function isUnstable(verdict: Verdict): verdict is Extract<Verdict, { outcome: 'unstable' }> {
  return verdict.outcome === 'unstable'
}
