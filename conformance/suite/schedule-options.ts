import type { Case } from '../arbitraries/case.ts'
import type { KnownKills } from '../engine/kills.ts'
import type { Property } from '../engine/property.ts'
import type { Underway, UnderwayById } from './underway.ts'

/** How a schedule goes through its properties. */
export interface ScheduleOptions {
  /** Cases a property. */
  readonly runs: number
  readonly seed: number
  /** When to stop, by `performance.now()`; `null` for never. */
  readonly deadline: number | null
  /** Kept cases by property id, tried before generated ones. */
  readonly kept: Readonly<Record<string, readonly Case[]>>
  /** How long an answer may take, in milliseconds. */
  readonly caseTimeout?: number
  /** Whether failing cases are made small; they are, unless told otherwise. */
  readonly shrink?: boolean
  /** Whether the faults of each property are seen killed; they are, unless told otherwise. */
  readonly killing?: boolean
  /** What is known to become of the faults of properties, by their ids; the same code told with the same seed. */
  readonly kills?: KnownKills
  /** Takes what is to be told how many milliseconds a pause took, before it ends: they do not count. */
  readonly onPause?: (putOff: (milliseconds: number) => void) => void
  /** Ends the run when it is aborted: what has been checked is reported. */
  readonly signal?: AbortSignal
  /** Whether the run ends when a property, by its id, fails; it does not, unless told otherwise. */
  readonly endsAt?: (property: string) => boolean
  /** The properties of the whole run, where this is a part of it: they decide the order of the work. */
  readonly among?: readonly Property[]
  /** Properties that are not tried, since that ended the process: how, by their ids. */
  readonly barred?: Readonly<Record<string, string>>
  /** How far an earlier run was with the same code, seed, cases and implementation, which this one continues. */
  readonly before?: UnderwayById
  /** Told of each property of which something was tried, and how to find out how far it is, before the next turn. */
  readonly onUnderway?: (property: string, underway: () => Underway) => void
  /** Told of each case of a property that is glanced at; see `Schedule`. */
  readonly onGlance?: (property: string) => void
  /** Told of each property of which something is to be tried next. */
  readonly onBegin?: (property: Property) => void
}
