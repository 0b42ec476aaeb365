import type { Tensor } from '../../spec/language/tensor.ts'
import { UnstableAnswer } from '../base/errors.ts'
import type { Answer, Question } from '../base/question.ts'
import type { Implementation } from './implementation.ts'

interface Earlier {
  readonly question: Question
  /** The answer where the implementation put it, and as it was read. */
  readonly given: Answer
  readonly read: Answer
}

const last = new WeakMap<Implementation, Earlier>()

/**
 * Reads the answer before once more: an answer is its asker's, and no buffer for the next one. Then
 * remembers the answer that was just given, and the copy that was made of it.
 *
 * Throws `UnstableAnswer` when the answer before has changed.
 */
export function readEarlierAgain(
  implementation: Implementation,
  question: Question,
  given: Answer,
  read: Answer,
): void {
  const earlier = last.get(implementation)
  last.set(implementation, { question, given, read })
  if (earlier === undefined || !hasChanged(earlier)) return
  const { question: before, read: first } = earlier
  const second: Record<string, Tensor> = {}
  for (const output in first) {
    second[output] = { ...first[output]!, data: earlier.given[output]!.data.slice() }
  }
  throw new UnstableAnswer(before, first, second, 'read after the next question')
}

function hasChanged({ given, read }: Earlier): boolean {
  for (const output in read) {
    const [first, second] = [read[output]!.data, given[output]!.data]
    for (let i = 0; i < first.length; i++) if (!Object.is(first[i], second[i])) return true
  }
  return false
}
