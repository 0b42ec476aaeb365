import type { Capsule } from './capsule.ts'
import type { Kind } from './kind.ts'
import type { Sides } from './sides.ts'

/** What a run of one property on one implementation came to. Only `conforms` is a pass. */
export type Verdict =
  | Conforms
  | Violates
  | Errored
  | Declined
  | Unsupported
  | Unstable
  | Inconclusive
  | Interrupted
  | NotRun

export type Outcome = Verdict['outcome']

export interface Conforms {
  readonly outcome: 'conforms'
  readonly cases: number
  /** Largest observed difference divided by its bound; 0 when everything was equal to the bit. */
  readonly worstUtilization: number
  /** How many more were asked for that the time given was not enough for; left out where none were. */
  readonly left?: number
}

/** One element on which an implementation differs from what the clause says. */
export interface Difference {
  /** What was compared, such as `y` or `C(x + x') = C(x) + C(x')`. */
  readonly label: string
  readonly index: readonly number[]
  readonly expected: number
  readonly actual: number
  /** The largest difference that rounding can explain. */
  readonly bound: number
  /** What its sides are, where both are answers and neither is known to be right. */
  readonly sides?: Sides
}

/** Two answers to the same question, at the first element in which they differ. */
export interface Twice {
  readonly label: string
  readonly index: readonly number[]
  readonly first: number
  readonly second: number
  /** Whether all of both answers is within the bound of the reference; `null` where it says nothing. */
  readonly withinBound: boolean | null
}

/** What else a property found wrong, beside what its verdict says first. */
export interface Finding {
  readonly outcome: 'violates' | 'errored' | 'unstable'
  readonly kind: Kind
  /** How many cases show it. */
  readonly cases: number
  readonly reason: string
  readonly difference: Difference | null
  readonly capsule: Capsule
  readonly replay: string | null
}

/** What is said of every property that failed on a case. */
interface Found {
  readonly kind: Kind
  /** How many cases failed, and how many had been tried when the first did. */
  readonly failing: number
  readonly first: number
  /** The operations that gave a wrong answer to a question that was asked here, by id. */
  readonly wrong: readonly string[]
  readonly others: readonly Finding[]
}

export interface Violates extends Found {
  readonly outcome: 'violates'
  readonly cases: number
  readonly difference: Difference | null
  /** What is wrong when it is no element: a shape, or a case that should have been rejected. */
  readonly reason: string
  readonly shrinks: number
  readonly capsule: Capsule
  /** The known mistake that gives the same answers, if there is exactly one, or errors of the same kind. */
  readonly diagnosis: string | null
  /** The known mistakes that give the same answers, if there are several. */
  readonly candidates: readonly string[]
  /** The command that runs the smallest case again; `null` until its capsule is saved. */
  readonly replay: string | null
}

/** One without a case did not fail on one: an operation is missing, or another device did the work. */
export interface Errored extends Partial<Found> {
  readonly outcome: 'errored'
  /** Where it went wrong, if that is in this project and not in the implementation. */
  readonly defect?: string
  readonly cases: number
  readonly reason: string
  readonly capsule: Capsule | null
  readonly replay: string | null
}

/** It takes no case of the property: nothing was judged. */
export interface Declined {
  readonly outcome: 'declined'
  readonly reason: string
}

export interface Unsupported {
  readonly outcome: 'unsupported'
  readonly reason: string
}

export interface Unstable extends Found {
  readonly outcome: 'unstable'
  readonly twice: Twice | null
  readonly cases: number
  readonly reason: string
  readonly capsule: Capsule
  readonly replay: string | null
}

export interface Inconclusive {
  readonly outcome: 'inconclusive'
  readonly cases: number
  readonly discarded: number
  readonly open: number
  readonly reason: string
}

export interface Interrupted {
  readonly outcome: 'interrupted'
  readonly cases: number
  readonly reason: string
}

export interface NotRun {
  readonly outcome: 'not-run'
  readonly reason: string
}

/**
 * From what is worst to the only one that is a pass, and then to what says nothing: an operation that is
 * not provided, and cases that are not taken, count for nothing beside others.
 */
const bySeverity: readonly Outcome[] = [
  'violates',
  'errored',
  'unstable',
  'inconclusive',
  'interrupted',
  'not-run',
  'conforms',
  'declined',
  'unsupported',
]

/** Whether a verdict says that something is wrong with the implementation. */
export function isFailure({ outcome }: Verdict): boolean {
  return outcome === 'violates' || outcome === 'errored' || outcome === 'unstable'
}

/** The outcome of a whole: the severest of its parts; without parts, nothing was run. */
export function severest(outcomes: readonly Outcome[]): Outcome {
  return bySeverity.find((outcome) => outcomes.includes(outcome)) ?? 'not-run'
}
