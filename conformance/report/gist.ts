import { figure, plural } from '../base/text.ts'
import type { Verdict } from '../engine/verdict.ts'

/** What a verdict comes to, in a few words. */
export function gist(verdict: Verdict): string {
  switch (verdict.outcome) {
    case 'conforms':
      return verdict.worstUtilization === 0
        ? `${plural(verdict.cases, 'case')}, all equal to the bit`
        : `${plural(verdict.cases, 'case')}, at most ${figure(verdict.worstUtilization)} of the bound`
    case 'violates':
      return verdict.reason
    case 'inconclusive':
      return `${verdict.reason}: ${figure(verdict.discarded)} discarded, ${figure(verdict.open)} open`
    default:
      return verdict.reason
  }
}
