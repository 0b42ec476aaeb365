import { gradientName } from '../../../spec/language/gradient.ts'
import type { Parameters } from '../../../spec/language/operation.ts'
import { elements, type Tensor } from '../../../spec/language/tensor.ts'
import { Unsupported } from '../../base/errors.ts'
import type { Question } from '../../base/question.ts'
import type { Inputs } from '../../engine/implementation.ts'
import { arrayOf, type Conventions } from '../../protocol/conventions.ts'
import { sizesAsFarAsKnown } from './windows.ts'

/**
 * A question for a derivative, with zeros for the arrays that it does not depend on. What told only their
 * sizes is left out.
 *
 * @throws {Unsupported} a size that no array has: it is to be rejected, and cannot be asked
 */
export function convertOrigins(question: Question, { derivative }: Conventions): Question {
  const { operation, inputs, parameters } = question
  if (derivative !== 'at zeros' || operation.level !== 'gradients') return question
  const sizes = sizesAsFarAsKnown(question)
  const origins: Record<string, Tensor> = {}
  for (const [name, { axes }] of Object.entries(operation.outputs)) {
    const by = arrayOf(name)
    const isGiven = Object.keys(operation.inputs).some((input) => gradientName(input) === name)
    if (by !== null && !isGiven) {
      origins[by] = zeros(
        axes.map((axis) => sizes[axis]),
        inputs,
      )
    }
  }
  return Object.keys(origins).length === 0
    ? question
    : {
        operation,
        inputs: { ...inputs, ...origins },
        parameters: withoutSizes(operation.parameters, parameters),
      }
}

/** Of the element type of the others. */
function zeros(shape: readonly (number | undefined)[], inputs: Inputs): Tensor {
  const isShape = (sizes: typeof shape): sizes is readonly number[] =>
    sizes.every((size) => Number.isInteger(size) && size! >= 0)
  if (!isShape(shape)) throw new Unsupported('no array has the sizes that it is told')
  const isDouble = Object.values(inputs).some((array) => array?.dtype === 'float64')
  return isDouble
    ? { dtype: 'float64', shape, data: new Float64Array(elements(shape)) }
    : { dtype: 'float32', shape, data: new Float32Array(elements(shape)) }
}

function withoutSizes(
  described: Question['operation']['parameters'],
  given: Parameters,
): Parameters {
  const left = Object.entries(given).filter(([name]) => described[name]?.kind !== 'sizes')
  return Object.fromEntries(left)
}
