import type { Inputs } from '../../spec/language/check.ts'
import type { Parameters } from '../../spec/language/operation.ts'
import type { Case } from './case.ts'

/** Arguments that the signature of an operation does not allow. */
export interface Spoiled {
  readonly inputs: Inputs
  readonly parameters: Parameters
}

/** One way to turn a valid case into one that every implementation must reject. */
export interface Invalidity {
  /** In words, unique within the operation: `axis K of filters one longer than in x`. */
  readonly name: string
  /** The argument that the rejection names, such as `filters` or `strides[1]`. */
  readonly argument: string
  /** The spoiled arguments; `undefined` when this valid case cannot be spoiled in this way. */
  readonly spoil: (valid: Case) => Spoiled | undefined
  /**
   * Whether the numbers are those of the valid case, in another element type: then who reads them as what
   * they are and gives the right answer is as right as who rejects them.
   */
  readonly sameNumbers?: boolean
}
