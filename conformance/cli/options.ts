import type { Requirement } from '../suite/model.ts'
import type { Output } from './finish.ts'
import type { Choice } from './implementation.ts'
import type { Place } from './values.ts'

/** What `touchstone run` is told. */
export interface Options extends Choice, Output {
  readonly clause: readonly string[]
  readonly runs: number
  readonly seed: number
  readonly time?: number
  readonly failFast?: boolean
  readonly jobs?: number
  readonly require: Requirement
  readonly known?: string
  readonly shard?: Place
  readonly measured?: string
  readonly cached?: boolean
}
