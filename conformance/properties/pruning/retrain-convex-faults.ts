import { build } from '../../../reference/arithmetic/array.ts'
import { retrainRegression as reference } from '../../../reference/pruning/retrain-convex.ts'
import { retrainRegression } from '../../../spec/pruning/retrain-convex.ts'
import { changed, filled } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(retrainRegression, reference)

export const ignoresMask = wrong.inputs('removes nothing', ({ mask }) => ({
  mask: filled(mask.shape, 1),
}))

export const masksAtEnd = wrong.outputs(
  'trains all weights, and removes at the end',
  (_, { inputs, parameters, right }) => {
    const trained = right({ ...inputs, mask: filled(inputs.mask.shape, 1) }, parameters)
    return { weights: changed(trained.weights, (w, i) => (inputs.mask.data[i] === 0 ? 0 : w)) }
  },
)

export const regrows = wrong.answer(
  'sets weights to 0 before the training only',
  ({ inputs, parameters, right }) => {
    const weights = changed(inputs.weights, (w, i) => (inputs.mask.data[i] === 0 ? 0 : w))
    return right({ ...inputs, weights, mask: filled(inputs.mask.shape, 1) }, parameters)
  },
)

export const startsAnew = wrong.inputs('trains from 0 and not from where it was', (inputs) => ({
  weights: filled(inputs.weights.shape, 0),
}))

export const sumsSamples = wrong.parameters(
  'sums the gradient over samples',
  ({ rate }, { sizes: { N } }) => ({ rate: rate * N! }),
)

export const climbs = wrong.parameters('adds the gradient', ({ rate }) => ({ rate: -rate }))

export const forgetsHalf = wrong.outputs('gives the loss without the half', ({ losses }) => ({
  losses: changed(losses, (loss) => 2 * loss),
}))

export const lossOfAll = wrong.outputs(
  'gives the loss before the removal first',
  ({ losses }, { inputs, parameters, right }) => {
    const mask = filled(inputs.mask.shape, 1)
    const before = right({ ...inputs, mask }, { ...parameters, steps: 0 }).losses.at(0)
    return { losses: build(losses.shape, (t) => (t === 0 ? before : losses.at(t))) }
  },
)
