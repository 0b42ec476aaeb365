import { build } from '../../../reference/arithmetic/array.ts'
import {
  locallyConnectedGradient as gradientReference,
  locallyConnected as reference,
} from '../../../reference/cnn/share.ts'
import { locallyConnected, locallyConnectedGradient } from '../../../spec/cnn/share.ts'
import { fault, mapArray } from '../../kit/fault.ts'

export const sharesFirst = fault(
  locallyConnected,
  reference,
  'uses the weights of the first position everywhere',
  ({ inputs, parameters, right }) => {
    const { filters } = inputs
    const shared = build(filters.shape, (_i, _j, ...rest) => filters.at(0, 0, ...rest))
    return right({ ...inputs, filters: shared }, parameters)
  },
)

export const oneBiasAFilter = fault(
  locallyConnected,
  reference,
  'uses the bias of the first position everywhere',
  ({ inputs, parameters, right }) => {
    const { bias } = inputs
    const shared = build(bias.shape, (_i, _j, q) => bias.at(0, 0, q))
    return right({ ...inputs, bias: shared }, parameters)
  },
)

export const turnsWindows = fault(
  locallyConnected,
  reference,
  'turns every window round',
  ({ inputs, parameters, right }) => {
    const { filters } = inputs
    const [, , Hf, Wf] = filters.shape as [number, number, number, number]
    const turned = build(filters.shape, (i, j, u, v, k, q) =>
      filters.at(i, j, Hf - 1 - u, Wf - 1 - v, k, q),
    )
    return right({ ...inputs, filters: turned }, parameters)
  },
)

export const sharesGradient = fault(
  locallyConnectedGradient,
  gradientReference,
  'adds the gradients of all positions up, as for shared weights',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const { dFilters } = answer
    const [Ho, Wo] = dFilters.shape as [number, number]
    const total = build(dFilters.shape, (_i, _j, ...rest) => {
      let sum = 0
      for (let i = 0; i < Ho; i++) for (let j = 0; j < Wo; j++) sum += dFilters.at(i, j, ...rest)
      return sum
    })
    return { ...answer, dFilters: total }
  },
)

export const overwrites = fault(
  locallyConnectedGradient,
  gradientReference,
  'overwrites the gradient of a pixel where windows overlap instead of adding',
  ({ inputs, parameters, right }) => {
    const { dy } = inputs
    const [, Ho, Wo] = dy.shape as [number, number, number]
    let { dx } = right(inputs, parameters)
    const answer = right(inputs, parameters)
    for (let i = 0; i < Ho; i++) {
      for (let j = 0; j < Wo; j++) {
        const one = build(dy.shape, (n, a, b, q) => (a === i && b === j ? dy.at(n, a, b, q) : 0))
        const alone = right({ ...inputs, dy: one }, parameters).dx
        const before = dx
        dx = mapArray(before, (value, at) => (alone.data[at] === 0 ? value : alone.data[at]!))
      }
    }
    return { ...answer, dx }
  },
)

export const averagesBias = fault(
  locallyConnectedGradient,
  gradientReference,
  'takes the mean over the images of a batch for the biases',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const N = inputs.dy.shape[0]!
    return { ...answer, dBias: mapArray(answer.dBias, (value) => value / N) }
  },
)
