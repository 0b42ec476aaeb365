import { replaceHead as reference } from '../../../reference/transfer/head.ts'
import { replaceHead } from '../../../spec/transfer/head.ts'
import { fault, lenient, mapArray } from '../../kit/fault.ts'
import { tensor } from '../../kit/tensor.ts'

export const noBiases = fault(
  replaceHead,
  reference,
  'leaves the biases out',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const { units } = answer
    return { ...answer, parameters: mapArray(answer.parameters, (count, l) => count - units.at(l)) }
  },
)

export const trainsAll = fault(
  replaceHead,
  reference,
  'counts all parameters as trainable',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    return { ...answer, trainable: mapArray(answer.trainable, (n) => n + answer.frozen.at()) }
  },
)

export const keepsClasses = fault(
  replaceHead,
  reference,
  'keeps as many classes as the old task has',
  ({ inputs, parameters, right }) =>
    right(inputs, { ...parameters, classes: parameters.widths.at(-1)! }),
)

export const cutsFromZero = fault(
  replaceHead,
  reference,
  'counts the input as the first layer and freezes one too few',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const last = answer.parameters.at(parameters.cut - 1)
    return {
      ...answer,
      frozen: mapArray(answer.frozen, (n) => n - last),
      trainable: mapArray(answer.trainable, (n) => n + last),
    }
  },
)

export const keepsNothing = lenient(replaceHead, 'accepts a cut that removes nothing', () => ({
  units: tensor([1], [1]),
  parameters: tensor([1], [2]),
  frozen: tensor([], [0]),
  trainable: tensor([], [2]),
}))
