import { derived } from '../../../spec/language/operation.ts'
import { part, plain } from '../../kit/arrays.ts'

/** Cases with a single step. */
export const oneStep = { T: derived(() => 1, 'steps') } as const

/** What a step of a critic begins with of what the one before it gave. */
export const carry = {
  discriminatorHidden: 'discriminatorHidden',
  discriminatorHiddenBias: 'discriminatorHiddenBias',
  discriminatorOutput: 'discriminatorOutput',
  discriminatorOutputBias: 'discriminatorOutputBias',
} as const

/** The part of what is given for all steps that belongs to one. */
export const ofStep = (array: Parameters<typeof plain>[0], t: number) =>
  part(plain(array), array.shape.with(0, 1), [t])
