import type { Fault } from '../engine/fault.ts'
import type { Property } from '../engine/property.ts'

/** What every property says of itself. */
export interface Common {
  readonly title: string
  readonly kills: readonly Fault[]
  readonly share?: number
  /** Whether it compares an operation with its reference; see `Property`. */
  readonly agrees?: boolean
}

/** A property that does not know its clause yet. */
export type Definition = (clause: string) => Property
