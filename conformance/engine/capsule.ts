import type { Parameters, Sizes } from '../../spec/language/operation.ts'

/** An array in a capsule and on the wire: base64 of its elements, little-endian, row-major. */
export interface EncodedTensor {
  readonly dtype: 'float32' | 'float64' | 'int32'
  readonly shape: readonly number[]
  readonly data: string
}

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
  readonly inputs: Readonly<Record<string, EncodedTensor>>
  /** What was compared on this case, expected values with their bounds and actual ones. */
  readonly comparisons: readonly {
    readonly label: string
    readonly expected: EncodedTensor
    readonly bound: EncodedTensor
    readonly actual: EncodedTensor
  }[]
  /** Values that the reference computed on the way, by name. */
  readonly intermediates: Readonly<Record<string, EncodedTensor>>
  readonly environment: Readonly<Record<string, string>>
}
