import type { Question } from '../../base/question.ts'
import type { Conventions } from '../../protocol/conventions.ts'
import { withParameters } from './convert.ts'

/** A question about response normalization in a convention of its α and of its group. */
export function convertNormalization(
  question: Question,
  { alpha = 'sum', group = 'radius' }: Conventions,
): Question {
  const { id, parameters: described } = question.operation
  if (!('radius' in described && 'alpha' in described)) return question
  const { radius, ...others } = question.parameters
  // A radius that is none makes no size that would be one.
  const isOne = Number.isInteger(radius) && radius >= 0
  const size = isOne ? 2 * radius + 1 : radius
  const places = isOne ? (id.startsWith('cnn.lrnWithin') ? size ** 2 : size) : 1
  return withParameters(question, {
    ...others,
    ...(group === 'size' ? { size } : { radius }),
    alpha: alpha === 'mean' ? others.alpha * places : others.alpha,
  })
}
