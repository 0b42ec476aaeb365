import { build } from '../../../reference/arithmetic/array.ts'
import {
  locallyConnectedGradient as gradientReference,
  locallyConnected as reference,
} from '../../../reference/cnn/share.ts'
import { locallyConnected, locallyConnectedGradient } from '../../../spec/cnn/share.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrongLocallyConnected = faultsOf(locallyConnected, reference)
const wrongLocallyConnectedGradient = faultsOf(locallyConnectedGradient, gradientReference)

export const sharesFirst = wrongLocallyConnected.inputs(
  'uses the weights of the first position everywhere',
  ({ filters }) => {
    const shared = build(filters.shape, (_i, _j, ...rest) => filters.at(0, 0, ...rest))
    return { filters: shared }
  },
)

export const oneBiasAFilter = wrongLocallyConnected.inputs(
  'uses the bias of the first position everywhere',
  ({ bias }) => {
    const shared = build(bias.shape, (_i, _j, q) => bias.at(0, 0, q))
    return { bias: shared }
  },
)

export const turnsWindows = wrongLocallyConnected.inputs(
  'turns every window round',
  ({ filters }) => {
    const [, , Hf, Wf] = filters.shape as [number, number, number, number]
    const turned = build(filters.shape, (i, j, u, v, k, q) =>
      filters.at(i, j, Hf - 1 - u, Wf - 1 - v, k, q),
    )
    return { filters: turned }
  },
)

export const sharesGradient = wrongLocallyConnectedGradient.outputs(
  'adds the gradients of all positions up, as for shared weights',
  (answer) => {
    const { dFilters } = answer
    const [Ho, Wo] = dFilters.shape as [number, number]
    const total = build(dFilters.shape, (_i, _j, ...rest) => {
      let sum = 0
      for (let i = 0; i < Ho; i++) for (let j = 0; j < Wo; j++) sum += dFilters.at(i, j, ...rest)
      return sum
    })
    return { dFilters: total }
  },
)

export const overwrites = wrongLocallyConnectedGradient.outputs(
  'overwrites the gradient of a pixel where windows overlap instead of adding',
  (_, { inputs, parameters, right }) => {
    const { dy } = inputs
    const [, Ho, Wo] = dy.shape as [number, number, number]
    let { dx } = right(inputs, parameters)
    for (let i = 0; i < Ho; i++) {
      for (let j = 0; j < Wo; j++) {
        const one = build(dy.shape, (n, a, b, q) => (a === i && b === j ? dy.at(n, a, b, q) : 0))
        const alone = right({ ...inputs, dy: one }, parameters).dx
        const before = dx
        dx = changed(before, (value, at) => (alone.data[at] === 0 ? value : alone.data[at]!))
      }
    }
    return { dx }
  },
)

export const averagesBias = wrongLocallyConnectedGradient.outputs(
  'takes the mean over the images of a batch for the biases',
  (answer, { inputs }) => {
    const N = inputs.dy.shape[0]!
    return { dBias: changed(answer.dBias, (value) => value / N) }
  },
)
