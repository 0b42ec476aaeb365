import type { Answer, Question } from '../base/question.ts'
import type { Floor } from './floor.ts'
import type { Kind } from './kind.ts'
import type { Sides } from './sides.ts'
import type { Difference, Twice } from './verdict.ts'

/** How one case of a property came out. */
export type Trial =
  | {
      readonly result: 'agrees'
      readonly utilization: number
      /** Whether a bound that adjoints arrived at counted. */
      readonly byAdjoints?: boolean
      /** The errors that it would have shown; `null` where no numbers are compared. */
      readonly floor: Floor | null
    }
  | { readonly result: 'discarded'; readonly reason: string }
  /** It agrees, but within bounds that say nothing. */
  | { readonly result: 'open'; readonly reason: string }
  /** The implementation does not take a question about it. */
  | { readonly result: 'declined'; readonly reason: string }
  | Violation
  | Errored
  | Unstable
  /** The implementation cannot be asked any more. */
  | { readonly result: 'not-run'; readonly reason: string }
  /** The time given was over. */
  | { readonly result: 'interrupted'; readonly reason: string }

/** A case that shows that something is wrong. */
export type Failure = Violation | Errored | Unstable

/** A question about a case, and what was answered; `null` where it was refused. */
export interface Asked {
  readonly question: Question
  readonly answer: Answer | null
}

interface Failed {
  readonly reason: string
  readonly kind: Kind
  /** What shows it: an output, a comparison, a way to spoil arguments, or an operation. */
  readonly where: string
  readonly asked: readonly Asked[]
}

export interface Violation extends Failed {
  readonly result: 'violates'
  readonly difference: Difference | null
  readonly severity: number
  readonly comparisons: readonly Compared[]
  /** What is invalid about the question that should have been rejected. */
  readonly invalid?: string
  /** What the property itself says of the mistake. */
  readonly diagnose?: () => string | null
  /** What else the same case shows. */
  readonly also?: readonly Violation[]
}

export interface Errored extends Failed {
  readonly result: 'errored'
  /** Whether every further failure is costly, so that the case is left as large as it is. */
  readonly costly: boolean
  /** What is invalid about the question that it did not survive. */
  readonly invalid?: string
  /** Where it went wrong, if that is in this project and not in the implementation. */
  readonly defect?: string
}

export interface Unstable extends Failed {
  readonly result: 'unstable'
  readonly comparisons: readonly Compared[]
  readonly twice: Twice | null
}

/** A comparison as plain numbers, for the capsule. */
export interface Compared {
  readonly label: string
  readonly sides?: Sides
  readonly diagnose?: () => string | null
  readonly shape: readonly number[]
  readonly expected: readonly number[]
  readonly bounds: readonly number[]
  readonly actualShape: readonly number[]
  readonly actual: readonly number[]
}

/** Whether a case shows that something is wrong; one that was discarded or not tried shows nothing. */
export function fails(trial: Trial): trial is Failure {
  return trial.result === 'violates' || trial.result === 'errored' || trial.result === 'unstable'
}

/** Everything that a case shows to be wrong. */
export function failuresIn(trial: Trial): readonly Failure[] {
  if (!fails(trial)) return []
  return trial.result === 'violates' ? [trial, ...(trial.also ?? [])] : [trial]
}

/** Whether a case is the last to be tried: others could not be asked, or at too high a cost. */
export function isFinal(trial: Trial): boolean {
  switch (trial.result) {
    case 'not-run':
    case 'interrupted':
      return true
    case 'errored':
      return trial.costly
    default:
      return false
  }
}
