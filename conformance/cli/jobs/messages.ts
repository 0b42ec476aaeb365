import type { Case } from '../../arbitraries/case.ts'
import type { Kill } from '../../engine/kills.ts'
import type { ProgressEvent } from '../../suite/clauses.ts'
import type { ClauseReport } from '../../suite/model.ts'
import type { SentEvidence } from '../../suite/sent-evidence.ts'
import type { Choice } from '../implementation.ts'

/** What a job needs to know of its run, once. */
export interface Opening {
  readonly kind: 'open'
  /** The build of the run, which a job that is started later may not be of; `null` where it runs from the sources. */
  readonly build: string | null
  readonly choice: Choice
  /** The clauses of the whole run, by id. */
  readonly clauses: readonly string[]
  readonly runs: number
  readonly seed: number
  /** When to stop, by the clock of all processes. */
  readonly deadline: number | null
  readonly kept: Readonly<Record<string, readonly Case[]>>
  readonly caseTimeout?: number
  /** What is known to become of faults. */
  readonly kills: readonly (readonly [property: string, kills: readonly Kill[]])[]
  /** The properties at whose failure the run ends, by id. */
  readonly endsAt: readonly string[]
}

/**
 * By how much the clock of all processes of a machine, which nobody sets, is ahead of `performance.now()`, which
 * begins with each process.
 */
export const aheadOfThis = Number(process.hrtime.bigint()) / 1e6 - performance.now()

/** What a run tells a job; when it disconnects, nothing more is wanted. */
export type ToJob =
  | Opening
  /** To check clauses, but for the properties that ended the process of an earlier job. */
  | {
      readonly kind: 'check'
      readonly clauses: readonly string[]
      readonly barred: Readonly<Record<string, string>>
    }
  /** To end what it checks, and to tell what came of it. */
  | { readonly kind: 'stop'; readonly reason: string }
  /** To tell what was answered to operations. */
  | { readonly kind: 'give'; readonly operations: readonly string[] }

/** What a job tells its run. */
export type FromJob =
  | { readonly kind: 'opened'; readonly implementations: readonly Introduced[] }
  | { readonly kind: 'not opened'; readonly reason: string }
  /** What it is about to try: known, should its process end. */
  | { readonly kind: 'begins'; readonly property: string }
  | { readonly kind: 'progress'; readonly event: ProgressEvent }
  /** Something failed at which the run ends. */
  | { readonly kind: 'ends'; readonly reason: string }
  /** What came of the clauses, on each implementation. */
  | {
      readonly kind: 'checked'
      readonly parts: readonly {
        readonly clauses: readonly ClauseReport[]
        readonly mismatch: string | null
      }[]
    }
  /** What each implementation answered. */
  | { readonly kind: 'given'; readonly evidence: readonly SentEvidence[] }
  | { readonly kind: 'defect'; readonly stack: string }

/** By which a run sees that a job has opened the same implementations as itself. */
export interface Introduced {
  readonly name: string
  readonly version: string
  readonly device: string
}
