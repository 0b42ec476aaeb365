import { figure, plural } from '../base/text.ts'
import type { Floor } from '../engine/floor.ts'
import type { Verdict } from '../engine/verdict.ts'

/** What a verdict comes to, in a few words. */
export function gist(verdict: Verdict): string {
  switch (verdict.outcome) {
    case 'conforms': {
      const { cases, worstUtilization, left } = verdict
      const late = left === undefined ? '' : `; the time was over before ${figure(left)} more`
      return worstUtilization === 0
        ? `${plural(cases, 'case')}, all equal to the bit${late}`
        : `${plural(cases, 'case')}, at most ${figure(worstUtilization)} of the bound${late}`
    }
    case 'violates':
      return verdict.reason
    case 'inconclusive':
      return verdict.discarded + verdict.open === 0
        ? verdict.reason
        : `${verdict.reason}: ${figure(verdict.discarded)} discarded, ${figure(verdict.open)} open`
    default:
      return verdict.reason
  }
}

/** Which errors the cases of a property would have shown. */
export function noticed({ all, one }: Floor): string {
  if (one === 0) return 'Half of its cases and more would each have shown any error at all.'
  if (all === Number.POSITIVE_INFINITY) return 'Half of its cases would have shown no error at all.'
  const alike = all === 0 ? 'any error' : `an error of ${figure(all)}`
  const single = one === Number.POSITIVE_INFINITY ? 'none' : `one of ${figure(one)}`
  return `Half of its cases and more would each have shown ${alike} in all outputs, and ${single} in a single one.`
}
