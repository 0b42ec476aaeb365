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
  /** The axes and conventions that it declares; empty where they are those of the specification. */
  readonly declared: string
  /** The function that is called with the inputs. */
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
  /** The calls of a law, whose answers are compared with those that came. */
  readonly calls: readonly Call[]
  /** What was wrong, in words, where nothing was compared. */
  readonly reason: string
  /** What is invalid about the arguments, which should have been rejected. */
  readonly invalid: string | null
  /** What came where nothing was compared; `null` when the call threw. */
  readonly answer: Readonly<Record<string, WireTensor>> | null
}

export interface Call {
  readonly name: string
  readonly inputs: Capsule['inputs']
  readonly parameters: Capsule['parameters']
  readonly answer: Readonly<Record<string, WireTensor>> | null
}
