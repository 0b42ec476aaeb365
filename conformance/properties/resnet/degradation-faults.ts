import { chainDescent as reference } from '../../../reference/resnet/degradation.ts'
import { chainDescent } from '../../../spec/resnet/degradation.ts'
import { changed, row, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(chainDescent, reference)

export const vanishes = wrong.outputs(
  'E-14 read literally: the gradients of a deeper chain vanish',
  ({ gradient }, { sizes: { L } }) => (L === 1 ? {} : { gradient: zeros(gradient.shape) }),
)

export const onlyLast = wrong.outputs(
  'takes a step with the last layer only',
  ({ gradient, losses }, { inputs, parameters, right, sizes: { L } }) => {
    const weights = changed(inputs.weights, (w, l) =>
      l === L - 1 ? w - parameters.rate * gradient.at(l) : w,
    )
    return { losses: row(losses.at(0), right({ weights }, parameters).losses.at(0)) }
  },
)

export const oneAfterOther = wrong.outputs(
  'moves one layer after the other, each by the gradient at the weights moved before',
  ({ losses }, { inputs, parameters, right, sizes: { L } }) => {
    let { weights } = inputs
    for (let l = 0; l < L; l++) {
      const { gradient } = right({ weights }, parameters)
      weights = changed(weights, (w, k) => (k === l ? w - parameters.rate * gradient.at(k) : w))
    }
    return { losses: row(losses.at(0), right({ weights }, parameters).losses.at(0)) }
  },
)

export const includesOwn = wrong.outputs(
  'multiplies by the own weight of the layer too',
  ({ gradient }, { inputs: { weights } }) => ({
    gradient: changed(gradient, (g, l) => g * weights.at(l)),
  }),
)

export const forgetsHalf = wrong.outputs(
  'gives the squared distance instead of half of it',
  ({ losses }) => ({ losses: changed(losses, (loss) => 2 * loss) }),
)
