import { build, sum } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import {
  locallyConnectedGradient as gradientReference,
  locallyConnected as reference,
} from '../../../reference/cnn/share.ts'
import { locallyConnected, locallyConnectedGradient } from '../../../spec/cnn/share.ts'
import { changed, permuted } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(locallyConnected, reference)
const wrongGradient = faultsOf(locallyConnectedGradient, gradientReference)

export const sharesFirst = wrong.inputs(
  'uses the weights of the first position everywhere',
  ({ filters }) => ({ filters: permuted(filters, (_i, _j, ...rest) => [0, 0, ...rest]) }),
)

export const oneBiasAFilter = wrong.inputs(
  'uses the bias of the first position everywhere',
  ({ bias }) => ({ bias: permuted(bias, (_i, _j, q) => [0, 0, q]) }),
)

export const turnsWindows = wrong.inputs(
  'turns every window round',
  ({ filters }, { sizes: { Hf, Wf } }) => ({
    filters: permuted(filters, (i, j, u, v, k, q) => [i, j, Hf - 1 - u, Wf - 1 - v, k, q]),
  }),
)

export const sharesGradient = wrongGradient.outputs(
  'adds the gradients of all positions up, as for shared weights',
  ({ dFilters }, { sizes: { Ho, Wo } }) => ({
    dFilters: build(dFilters.shape, (_i, _j, ...rest) =>
      sum(number, [Ho, Wo], (i, j) => dFilters.at(i, j, ...rest)),
    ),
  }),
)

export const overwrites = wrongGradient.outputs(
  'overwrites the gradient of a pixel where windows overlap instead of adding',
  ({ dx }, { inputs, parameters, sizes: { Ho, Wo }, right }) => {
    const { dy } = inputs
    let written = dx
    for (let i = 0; i < Ho; i++) {
      for (let j = 0; j < Wo; j++) {
        const one = build(dy.shape, (n, a, b, q) => (a === i && b === j ? dy.at(n, a, b, q) : 0))
        const alone = right({ ...inputs, dy: one }, parameters).dx
        written = changed(written, (value, at) => alone.data[at] || value)
      }
    }
    return { dx: written }
  },
)

export const averagesBias = wrongGradient.outputs(
  'takes the mean over the images of a batch for the biases',
  ({ dBias }, { sizes: { N } }) => ({ dBias: changed(dBias, (value) => value / N) }),
)
