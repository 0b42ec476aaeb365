import { replaceHead as reference } from '../../../reference/transfer/head.ts'
import { replaceHead } from '../../../spec/transfer/head.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { tensor } from '../../kit/tensor.ts'

const wrong = faultsOf(replaceHead, reference)

export const noBiases = wrong.outputs('leaves the biases out', (answer) => {
  const { units } = answer
  return { parameters: changed(answer.parameters, (count, l) => count - units.at(l)) }
})

export const trainsAll = wrong.outputs('counts all parameters as trainable', (answer) => {
  return { trainable: changed(answer.trainable, (n) => n + answer.frozen.at()) }
})

export const keepsClasses = wrong.parameters(
  'keeps as many classes as the old task has',
  ({ widths }) => ({ classes: widths.at(-1)! }),
)

export const cutsFromZero = wrong.outputs(
  'counts the input as the first layer and freezes one too few',
  (answer, { parameters }) => {
    const last = answer.parameters.at(parameters.cut - 1)
    return {
      frozen: changed(answer.frozen, (n) => n - last),
      trainable: changed(answer.trainable, (n) => n + last),
    }
  },
)

export const keepsNothing = wrong.accepts('accepts a cut that removes nothing', () => ({
  units: tensor([1], [1]),
  parameters: tensor([1], [2]),
  frozen: tensor([], [0]),
  trainable: tensor([], [2]),
}))
