import { replaceHead as reference } from '../../../reference/transfer/head.ts'
import { replaceHead } from '../../../spec/transfer/head.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { tensor } from '../../kit/tensor.ts'

const wrong = faultsOf(replaceHead, reference)

export const noBiases = wrong.outputs('leaves the biases out', ({ parameters, units }) => ({
  parameters: changed(parameters, (count, l) => count - units.at(l)),
}))

export const trainsAll = wrong.outputs(
  'counts all parameters as trainable',
  ({ trainable, frozen }) => ({ trainable: changed(trainable, (n) => n + frozen.at()) }),
)

export const keepsClasses = wrong.parameters(
  'keeps as many classes as the old task has',
  ({ widths }) => ({ classes: widths.at(-1)! }),
)

export const cutsFromZero = wrong.outputs(
  'counts the input as the first layer and freezes one too few',
  ({ frozen, parameters, trainable }, { parameters: { cut } }) => {
    const last = parameters.at(cut - 1)
    return {
      frozen: changed(frozen, (n) => n - last),
      trainable: changed(trainable, (n) => n + last),
    }
  },
)

export const keepsNothing = wrong.accepts('accepts a cut that removes nothing', () => ({
  units: tensor([1], [1]),
  parameters: tensor([1], [2]),
  frozen: tensor([], [0]),
  trainable: tensor([], [2]),
}))
