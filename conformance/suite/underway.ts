import type { CheckingState, Reached } from '../engine/checking.ts'
import type { Kill } from '../engine/kills.ts'

/**
 * How far a property is in a run, as plain data. A run that is told so goes on from there, and asks nothing again but
 * what failed: of that there must be a smallest case, and nobody may be told that all is right.
 */
export interface Underway {
  /** As it was when nothing was wrong yet; `null` before anything was tried. */
  readonly checking: CheckingState | null
  /** Seconds of its latest cases, each. */
  readonly pace: number | null
  /** What became of its faults; `null` where they were not tried. */
  readonly kills: readonly Kill[] | null
  /** How far it has to go to fail again; `null` where nothing failed. */
  readonly failed: Reached | null
}

/** How far properties are, by their ids. */
export type UnderwayById = Readonly<Record<string, Underway>>
