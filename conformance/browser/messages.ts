import type { ProgressEvent } from '../suite/clauses.ts'
import type { ClauseReport, Report } from '../suite/model.ts'
import type { SentEvidence } from '../suite/sent-evidence.ts'
import type { Settings } from './settings.ts'

/** Clauses that are done, with all that a report needs to know of them: kept until the run is over. */
export interface KeptPart {
  readonly clauses: readonly ClauseReport[]
  readonly mismatch: string | null
  readonly evidence: SentEvidence
}

/** What a page tells its worker. */
export type ToWorker =
  | {
      readonly kind: 'run'
      readonly settings: Settings
      /** The text of a module that was dropped. */
      readonly module: string | null
      /** What an earlier run with the same settings had done, if the page was closed in its midst. */
      readonly done: Readonly<Record<string, KeptPart>>
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
      /** How many clauses were done already by an earlier run with the same settings. */
      readonly restored: number
    }
  | { readonly kind: 'progress'; readonly event: ProgressEvent }
  /** Clauses that belong together are done: `unit` is the id of the first. */
  | { readonly kind: 'part'; readonly unit: string; readonly part: KeptPart }
  | { readonly kind: 'report'; readonly report: Report }
  | { readonly kind: 'failed'; readonly message: string; readonly hint: string }
