import type { Precision } from '../../reference/arithmetic/precision.ts'
import type { Case } from '../arbitraries/case.ts'
import type { Drawn } from './cases.ts'
import type { Covered } from './coverage.ts'
import type { Declined } from './declined.ts'
import type { Evidence } from './evidence.ts'
import type { Floor } from './floor.ts'
import type { Implementation } from './implementation.ts'
import type { Trial } from './trial.ts'
import type { Verdict } from './verdict.ts'

export interface CheckOptions {
  /** Cases to try. */
  readonly runs: number
  readonly seed: number
  /** When to stop, by `performance.now()`; `null` for never. */
  readonly deadline: number | null
  /** Kept cases, tried first. */
  readonly kept: readonly Case[]
  /** Whether a counterexample is made as small as possible; not needed to see a fault killed. */
  readonly shrink: boolean
  /** Whether the first failing case ends it: enough to see a fault killed. */
  readonly untilFirst?: boolean
  /** Where answers are kept, to find out which mistake gives them. */
  readonly evidence?: Evidence
  /** How long an answer may take, in milliseconds. */
  readonly caseTimeout?: number
  /** Whether a question is asked twice now and then, to see that the answer is the same; it is, unless told otherwise. */
  readonly repeat?: boolean
  /** Told how each case came out, on the precision of its implementation. */
  readonly onTrial?: (drawn: Drawn, trial: Trial, precision: Precision) => void
  /** Whether a capsule holds what the reference computes on the way; it does, unless told otherwise. */
  readonly intermediates?: boolean
}

/** An implementation, and how it is checked. */
export interface Candidate extends Omit<CheckOptions, 'seed'> {
  readonly implementation: Implementation
}

export interface Checked {
  readonly verdict: Verdict
  readonly utilizations: readonly number[]
  /** Those of cases in which a bound by adjoints counted; see `PropertyReport`. */
  readonly byAdjoints: readonly number[]
  /** The smallest errors that its cases would have shown; `null` where no numbers were compared. */
  readonly floor: Floor | null
  /** How often each class was reached, by `operation: class`. */
  readonly classes: Readonly<Record<string, number>>
  /** What was covered of each operation whose cases were drawn. */
  readonly covered: Readonly<Record<string, Covered>>
  /** What it does not take of the cases; `null` where it takes all. */
  readonly declined: Declined | null
  /** Cases in which rounding leaves a decision open, or of which the reference says nothing. */
  readonly discarded: number
  /** Cases that agreed within bounds that say nothing. */
  readonly open: number
  readonly seconds: number
}
