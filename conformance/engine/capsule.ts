import type { Parameters, Sizes } from '../../spec/language/operation.ts'
import type { WireTensor } from '../protocol/tensor.ts'

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
  /** What was compared on this case, expected values with their bounds and actual ones. */
  readonly comparisons: readonly {
    readonly label: string
    readonly expected: WireTensor
    readonly bound: WireTensor
    readonly actual: WireTensor
  }[]
  /** Values that the reference computed on the way, by name. */
  readonly intermediates: Readonly<Record<string, WireTensor>>
  readonly environment: Readonly<Record<string, string>>
}
