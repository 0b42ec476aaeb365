import type { SuiteManyOptions } from '../suite/clauses.ts'
import type { KeptRun } from './messages.ts'
import type { Pause } from './pause.ts'

/** What is checked in a page, and what was before it was closed. */
export interface Checked extends Omit<SuiteManyOptions, 'deadline' | 'before' | 'onPause'> {
  readonly signal: AbortSignal
  readonly pause: Pause
  readonly done: KeptRun
  /** Has something kept from now on. */
  readonly keep: (more: Partial<Omit<KeptRun, 'seconds'>>) => void
}
