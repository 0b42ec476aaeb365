import type { Verdict } from '../engine/verdict.ts'

/** A number as a person reads it: whole numbers as they are, others to four digits. */
export function figure(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) {
    return Object.is(value, -0) ? '-0' : value.toLocaleString('en')
  }
  if (!Number.isFinite(value)) return String(value)
  const size = Math.abs(value)
  return size >= 1e-3 && size < 1e6 ? String(Number(value.toPrecision(4))) : value.toExponential(2)
}

/** A number with every digit that distinguishes it from its neighbours. */
export function precise(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value)
}

/** Where an element is: `y[0, 2, 1, 0]`, or `y` for a single number. */
export function elementOf(label: string, index: readonly number[]): string {
  return index.length === 0 ? label : `${label}[${index.join(', ')}]`
}

/** What a verdict comes to, in a few words. */
export function gist(verdict: Verdict): string {
  switch (verdict.outcome) {
    case 'conforms':
      return verdict.worstUtilization === 0
        ? `${figure(verdict.cases)} cases, all equal to the bit`
        : `${figure(verdict.cases)} cases, at most ${figure(verdict.worstUtilization)} of the bound`
    case 'violates':
      return verdict.reason
    case 'inconclusive':
      return `${verdict.reason}: ${figure(verdict.discarded)} discarded`
    default:
      return verdict.reason
  }
}

/** `1 clause`, `2 clauses`. */
export function plural(count: number, one: string, several = `${one}s`): string {
  return `${figure(count)} ${count === 1 ? one : several}`
}
