import { elementOf, figure, plural, precise, visible } from '../base/text.ts'
import { wrap } from '../base/wrap.ts'
import type { Capsule } from '../engine/capsule.ts'
import type { Difference, Verdict } from '../engine/verdict.ts'
import { othersOf } from '../suite/capsules.ts'
import { argumentsOf } from './tensors.ts'

/** Terms and what they are in two columns. */
export function describeRows(
  rows: readonly (readonly [string, string])[],
  columns: number,
): readonly string[] {
  return rows.flatMap(([term, text]) => {
    const [first = '', ...rest] = wrap(visible(text), columns - 14).split('\n')
    return [`  ${term.padEnd(11)} ${first}`, ...rest.map((line) => ' '.repeat(14) + line)]
  })
}

export type Rows = readonly (readonly [string, string])[]

/** The rows of a failure: the smallest case, what was expected, what came, what else is wrong. */
export function rowsOf(verdict: Verdict): Rows {
  if (verdict.outcome === 'conforms') return []
  const capsule = 'capsule' in verdict ? verdict.capsule : null
  const difference = verdict.outcome === 'violates' ? verdict.difference : null
  const found = rowsOfCase(capsule, difference, verdict.reason)
  const others = othersOf(verdict).map(
    ({ reason, cases }) => ['also', `${reason} (${plural(cases, 'case')})`] as const,
  )
  return [...found, ...operationsOf(verdict), ...diagnosesOf(verdict), ...others]
}

/** The rows of one finding: the case, and what is wrong with the answer to it. */
export function rowsOfCase(
  capsule: Capsule | null,
  difference: Difference | null,
  reason: string,
): Rows {
  const given = capsule === null ? [] : argumentsOf(capsule)
  if (difference === null) return [...given, ['reason', reason]]
  const { label, index, expected, actual, bound, sides } = difference
  const compared: Rows =
    sides === undefined
      ? [
          ['expected', precise(expected)],
          ['got', precise(actual)],
        ]
      : [
          ['one side', sideOf(actual, sides.actual)],
          ['the other', sideOf(expected, sides.expected)],
        ]
  const apart = Math.abs(actual - expected)
  const times =
    bound > 0 && apart < Number.POSITIVE_INFINITY ? `, ${figure(apart / bound)} times that` : ''
  const off = `${figure(apart)}; rounding explains up to ${figure(bound)}`
  return [...given, ['at', elementOf(label, index)], ...compared, ['off by', `${off}${times}`]]
}

/** A number and what it is, where that says more than the name of the row. */
function sideOf(value: number, name: string): string {
  return name === 'one side' || name === 'the other' ? precise(value) : `${precise(value)}, ${name}`
}

/** Which operation gave a wrong answer, where there was more than one question. */
function operationsOf(verdict: Verdict): Rows {
  const wrong = ('wrong' in verdict ? verdict.wrong : undefined) ?? []
  const asked = 'capsule' in verdict ? verdict.capsule?.questions : undefined
  return asked === undefined || asked.length < 2 || wrong.length === 0
    ? []
    : [['wrong is', wrong.join(', ')]]
}

function diagnosesOf(verdict: Verdict): Rows {
  if (verdict.outcome !== 'violates') return []
  const { diagnosis, candidates } = verdict
  if (diagnosis !== null) return [['diagnosis', diagnosis]]
  return candidates.length === 0 ? [] : [['diagnosis', `one of: ${candidates.join('; ')}`]]
}
