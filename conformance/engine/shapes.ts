import { checkArguments } from '../../spec/language/check.ts'
import { ArgumentError } from '../../spec/language/errors.ts'
import { WrongShape } from '../base/errors.ts'
import type { Answer, Question } from '../base/question.ts'
import { sameShape } from '../base/tensor.ts'

/**
 * Sees that every output of an answer has the shape that the signature gives it, before anything else
 * looks at it: laws read answers at indices that exist in those of the right shape. Of arguments that
 * are not valid no shape is known.
 *
 * @throws {WrongShape} an output has another shape
 */
export function checkShapes(question: Question, answer: Answer): void {
  const { operation, inputs, parameters } = question
  let sizes: ReturnType<typeof checkArguments>
  try {
    sizes = checkArguments(operation, inputs, parameters)
  } catch (thrown) {
    if (thrown instanceof ArgumentError) return
    throw thrown
  }
  for (const output in answer) {
    const shape = operation.outputs[output]!.axes.map((symbol) => sizes[symbol]!)
    const given = answer[output]!.shape
    if (!sameShape(shape, given)) throw new WrongShape(question, output, shape, given)
  }
}
