import type { Capsule } from './capsule.ts'

/** What a run of one property on one implementation came to. Only `conforms` is a pass. */
export type Verdict =
  | Conforms
  | Violates
  | Errored
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
}

export interface Violates {
  readonly outcome: 'violates'
  readonly cases: number
  readonly difference: Difference | null
  /** What is wrong when it is no element: a shape, or a case that should have been rejected. */
  readonly reason: string
  readonly shrinks: number
  readonly capsule: Capsule
  /** The known mistake that gives the same answers, if any. */
  readonly diagnosis: string | null
  /** The command that runs the smallest case again; `null` until its capsule is saved. */
  readonly replay: string | null
}

export interface Errored {
  readonly outcome: 'errored'
  readonly cases: number
  readonly reason: string
  readonly capsule: Capsule | null
  readonly replay: string | null
}

export interface Unsupported {
  readonly outcome: 'unsupported'
  readonly reason: string
}

export interface Unstable {
  readonly outcome: 'unstable'
  readonly cases: number
  readonly reason: string
  readonly capsule: Capsule
  readonly replay: string | null
}

export interface Inconclusive {
  readonly outcome: 'inconclusive'
  readonly cases: number
  readonly discarded: number
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

/** From what is worst to the only one that is a pass. */
const bySeverity: readonly Outcome[] = [
  'violates',
  'errored',
  'unstable',
  'inconclusive',
  'interrupted',
  'not-run',
  'unsupported',
  'conforms',
]

/** Whether a verdict says that something is wrong with the implementation. */
export function isFailure({ outcome }: Verdict): boolean {
  return outcome === 'violates' || outcome === 'errored' || outcome === 'unstable'
}

/** The outcome of a whole: the severest of its parts; without parts, nothing was run. */
export function severest(outcomes: readonly Outcome[]): Outcome {
  return bySeverity.find((outcome) => outcomes.includes(outcome)) ?? 'not-run'
}
