import type { Capsule } from '../engine/capsule.ts'
import type { WireTensor } from '../protocol/tensor.ts'

/** A comparison of a case, as a snippet writes it out. */
export interface Compared {
  /** The output of the operation that is compared, or what a law compares. */
  readonly label: string
  readonly expected: WireTensor
  readonly bound: WireTensor
  readonly actual: WireTensor
}

/** What a snippet says, whatever the language. */
export interface Snippet {
  readonly property: string
  readonly title: string
  readonly implementation: string
  /** The name of the function that is called. */
  readonly operation: string
  readonly name: string
  readonly inputs: Capsule['inputs']
  readonly parameters: Capsule['parameters']
  /**
   * Outputs of a single call with the inputs, which the snippet checks; or, for a law between the
   * answers to several calls, its two sides, which it compares as they were.
   */
  readonly single: boolean
  readonly comparisons: readonly Compared[]
  /** What was wrong, in words, where nothing was compared. */
  readonly reason: string
}
