/** What can be wrong with an answer, from what tells most of a mistake to what tells least. */
export const kinds = [
  'wrong value',
  'not finite',
  'wrong shape',
  'accepted',
  'unstable',
  'changed input',
  'refused',
  'failed',
  'defect',
] as const

/**
 * - `wrong value`: a number is further from what is right than rounding explains.
 * - `not finite`: NaN or infinity where a number is due, or the other way round.
 * - `wrong shape`: an array of another shape or element type, or none.
 * - `accepted`: arguments that are to be rejected were answered.
 * - `unstable`: the same question got two answers.
 * - `changed input`: it wrote into an array that it was given to read.
 * - `refused`: arguments that are valid were rejected.
 * - `failed`: it crashed, hung, or failed by its own account.
 * - `defect`: this project went wrong, not the implementation.
 */
export type Kind = (typeof kinds)[number]
