import type { ProgressEvent } from '../suite/clauses.ts'
import type { ClauseReport, PropertyReport, Report } from '../suite/model.ts'
import type { FromWorker } from './messages.ts'
import type { Settings } from './settings.ts'

/** What a page knows of its run. */
export interface State {
  readonly phase: 'idle' | 'opening' | 'running' | 'done' | 'failed'
  readonly settings: Settings | null
  readonly started: number
  readonly opened: Extract<FromWorker, { kind: 'opened' }> | null
  readonly progress: ProgressEvent | null
  /** The clauses that are done, in the order in which they came. */
  readonly finished: readonly ClauseReport[]
  readonly report: Report | null
  readonly failure: { readonly message: string; readonly hint: string } | null
}

export const nothingYet: State = {
  phase: 'idle',
  settings: null,
  started: 0,
  opened: null,
  progress: null,
  finished: [],
  report: null,
  failure: null,
}

export type Change = FromWorker | { readonly kind: 'begun'; readonly settings: Settings }

/** What a page knows after something happened. */
export function after(state: State, change: Change): State {
  switch (change.kind) {
    case 'begun': {
      const { settings } = change
      return { ...nothingYet, phase: 'opening', settings, started: performance.now() }
    }
    case 'opened':
      return { ...state, phase: 'running', opened: change }
    case 'progress': {
      const { event } = change
      return { ...state, progress: event, finished: [...state.finished, ...(event.finished ?? [])] }
    }
    case 'kept':
      return state
    case 'report':
      return { ...state, phase: 'done', report: change.report }
    case 'failed':
      return { ...state, phase: 'failed', failure: change }
  }
}

const silent: readonly string[] = ['conforms', 'unsupported', 'declined', 'interrupted', 'not-run']

/** Whether there is something to show of a property: that it was not tried, or not to its end, is none. */
export const fails = ({ verdict }: PropertyReport): boolean => !silent.includes(verdict.outcome)
