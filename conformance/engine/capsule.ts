import type { Parameters, Sizes } from '../../spec/language/operation.ts'
import type { WireTensor } from '../protocol/tensor.ts'
import type { Sides } from './sides.ts'

/** A failing case with all that is needed to run it again anywhere: one small JSON file. */
export interface Capsule {
  readonly format: 'touchstone-capsule/1'
  readonly clause: string
  readonly property: string
  readonly implementation: { readonly name: string; readonly version: string }
  /** The seed of the run and fast-check's path to the case. */
  readonly seed: number
  readonly path: string
  readonly sizes: Sizes
  readonly parameters: Parameters
  readonly inputs: Readonly<Record<string, WireTensor>>
  /** What was asked, where that is more or other than the arguments of the case. */
  readonly questions?: readonly {
    readonly operation: string
    readonly inputs: Readonly<Record<string, WireTensor>>
    readonly parameters: Parameters
    /** What came; `null` where the question was refused. */
    readonly answer: Readonly<Record<string, WireTensor>> | null
  }[]
  /** What is invalid about the question that should have been rejected. */
  readonly invalid?: string
  /** What was compared on this case, expected values with their bounds and actual ones. */
  readonly comparisons: readonly {
    readonly label: string
    /** What the sides are, where both are answers and neither is known to be right. */
    readonly sides?: Sides
    readonly expected: WireTensor
    readonly bound: WireTensor
    readonly actual: WireTensor
  }[]
  /** Values that the reference computed on the way, by name. */
  readonly intermediates: Readonly<Record<string, WireTensor>>
  readonly environment: Readonly<Record<string, string>>
}
