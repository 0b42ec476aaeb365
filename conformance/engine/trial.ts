import type { Question } from '../base/question.ts'
import type { Difference } from './verdict.ts'

/** How one case of a property came out. */
export type Trial =
  | { readonly result: 'agrees'; readonly utilization: number }
  | { readonly result: 'discarded'; readonly reason: string }
  | Violation
  | {
      readonly result: 'errored'
      readonly reason: string
      readonly questions: readonly Question[]
      /** Whether every further failure is costly, so that the case is left as large as it is. */
      readonly costly: boolean
    }
  | {
      readonly result: 'unstable'
      readonly reason: string
      readonly questions: readonly Question[]
    }
  /** The implementation cannot be asked any more. */
  | { readonly result: 'not-run'; readonly reason: string }
  /** The time given was over. */
  | { readonly result: 'interrupted'; readonly reason: string }

/** A case that shows that something is wrong. */
export type Failure = Extract<Trial, { readonly result: 'violates' | 'errored' | 'unstable' }>

export interface Violation {
  readonly result: 'violates'
  readonly reason: string
  readonly difference: Difference | null
  readonly severity: number
  readonly comparisons: readonly Compared[]
  /** What the implementation was asked. */
  readonly questions: readonly Question[]
}

/** A comparison as plain numbers, for the capsule. */
export interface Compared {
  readonly label: string
  readonly shape: readonly number[]
  readonly expected: readonly number[]
  readonly bounds: readonly number[]
  readonly actualShape: readonly number[]
  readonly actual: readonly number[]
}

/** A violation that is about no element: a case that should have been rejected. */
export function violation(reason: string, questions: readonly Question[]): Violation {
  return {
    result: 'violates',
    reason,
    difference: null,
    severity: Number.POSITIVE_INFINITY,
    comparisons: [],
    questions,
  }
}

/** Whether a case shows that something is wrong; one that was discarded or not tried shows nothing. */
export function fails(trial: Trial): trial is Failure {
  return trial.result === 'violates' || trial.result === 'errored' || trial.result === 'unstable'
}

/** Whether a case is the last to be tried: others could not be asked, or at too high a cost. */
export function isFinal(trial: Trial): boolean {
  switch (trial.result) {
    case 'not-run':
    case 'interrupted':
    case 'unstable':
      return true
    case 'errored':
      return trial.costly
    default:
      return false
  }
}
