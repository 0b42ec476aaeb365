import type { Outputs } from '../engine/implementation.ts'
import type { SmokeCase } from './cases.ts'

/** Something that can be mistaken between an implementation and this program. */
export interface Misreading {
  /** What is mistaken, as a sentence that is the same for every case. */
  readonly says: string
  /** Whether arrays or arguments are carried wrongly, or another convention of the field is followed. */
  readonly kind: 'adapter' | 'convention'
  /** Whether an answer is the one that this mistake makes of a case. */
  readonly explains: (smokeCase: SmokeCase, answer: Outputs) => boolean
}
