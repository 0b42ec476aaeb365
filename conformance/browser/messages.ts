import type { ProgressEvent } from '../suite/clauses.ts'
import type { ClauseReport, Report } from '../suite/model.ts'
import type { SentEvidence } from '../suite/sent-evidence.ts'
import type { UnderwayById } from '../suite/underway.ts'
import type { Settings } from './settings.ts'

/** Clauses that are done, with all that a report needs to know of them: kept until the run is over. */
export interface KeptPart {
  readonly clauses: readonly ClauseReport[]
  readonly mismatch: string | null
  readonly evidence: SentEvidence
}

/** What is kept of a run until it is over, so that it goes on where it was when its page was closed. */
export interface KeptRun {
  /** How long it took so far. */
  readonly seconds: number
  /** What is done, by the id of the first of the clauses that belong together; empty where time is limited. */
  readonly parts: Readonly<Record<string, KeptPart>>
  /** How far properties are where time is limited: all of them are begun long before any is done. */
  readonly underway: UnderwayById
}

export const nothingKept: KeptRun = { seconds: 0, parts: {}, underway: {} }

/** What an earlier run with the same settings had done, as far as a person may want to know it. */
export interface Restored {
  readonly clauses: number
  readonly cases: number
  readonly seconds: number
}

/** What a page tells its worker. */
export type ToWorker =
  | {
      readonly kind: 'run'
      readonly settings: Settings
      /** The text of a module that was dropped. */
      readonly module: string | null
      /** What an earlier run with the same settings had done, if the page was closed in its midst. */
      readonly done: KeptRun
      /** Whether the faults of each property are seen killed; they are, unless told otherwise. */
      readonly killing?: boolean
    }
  | { readonly kind: 'pause' | 'go on' | 'stop' }

/** What a worker tells its page. */
export type FromWorker =
  | {
      readonly kind: 'opened'
      readonly name: string
      readonly version: string
      readonly device: string
      readonly versions: Readonly<Record<string, string>>
      /** `null` where nothing was kept. */
      readonly restored: Restored | null
    }
  | { readonly kind: 'progress'; readonly event: ProgressEvent }
  /** What is to be kept from now on, beside what is. */
  | { readonly kind: 'kept'; readonly kept: KeptRun }
  | { readonly kind: 'report'; readonly report: Report }
  | { readonly kind: 'failed'; readonly message: string; readonly hint: string }
