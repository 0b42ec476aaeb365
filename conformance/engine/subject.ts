import type { References } from '../../reference/reference.ts'
import type { RecipeMaker } from '../arbitraries/recipe.ts'
import type { Evidence } from './evidence.ts'
import type { Implementation } from './implementation.ts'
import type { Property } from './property.ts'
import type { Watch } from './watch.ts'

/** Who is tried at what. */
export interface Subject {
  readonly property: Property
  /** Makes its cases, within the ranges that the implementation declares. */
  readonly maker: RecipeMaker
  readonly implementation: Implementation
  readonly references: References
  readonly watch: Watch
  /** Whether a question is asked twice now and then, to see that the answer is the same. */
  readonly repeat: boolean
  /** Where answers are kept, to find out which mistake gives them. */
  readonly evidence?: Evidence
}
