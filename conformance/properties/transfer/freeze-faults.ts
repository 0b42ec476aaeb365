import { freezeStep as reference } from '../../../reference/transfer/freeze.ts'
import { freezeStep } from '../../../spec/transfer/freeze.ts'
import { fault, mapArray } from '../../kit/fault.ts'

export const masksGradientOnly = fault(
  freezeStep,
  reference,
  'sets the gradient of frozen parameters to 0, while decay and momentum go on',
  ({ inputs, parameters, right }) => {
    const gradient = mapArray(inputs.gradient, (g, i) => (inputs.frozen.at(i) === 1 ? 0 : g))
    const frozen = mapArray(inputs.frozen, () => 0)
    return right({ ...inputs, gradient, frozen }, parameters)
  },
)

export const decaysFrozen = fault(
  freezeStep,
  reference,
  'applies weight decay to frozen parameters',
  ({ inputs, parameters: { rate, decay, momentum }, right }) => {
    const answer = right(inputs, { rate, decay, momentum })
    const shrink = (theta: number, i: number) =>
      inputs.frozen.at(i) === 1 ? theta - rate * decay * theta : theta
    return { ...answer, parameters: mapArray(answer.parameters, shrink) }
  },
)

export const momentumGoesOn = fault(
  freezeStep,
  reference,
  'moves frozen parameters by the momentum gathered before they were frozen',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const { frozen, velocity } = inputs
    const { rate, momentum } = parameters
    const moved = mapArray(answer.parameters, (theta, i) =>
      frozen.at(i) === 1 ? theta - rate * momentum * velocity.at(i) : theta,
    )
    return { ...answer, parameters: moved }
  },
)

export const multipliesMask = fault(
  freezeStep,
  reference,
  'multiplies the step by 0 for frozen parameters, which keeps NaN',
  ({ inputs, parameters, right }) => {
    const { frozen } = inputs
    const all = right({ ...inputs, frozen: mapArray(frozen, () => 0) }, parameters)
    const answer = right(inputs, parameters)
    const moved = mapArray(inputs.parameters, (theta, i) => {
      const step = (theta - all.parameters.at(i)) * (1 - frozen.at(i))
      return Number.isNaN(step) ? step : answer.parameters.at(i)
    })
    return { ...answer, parameters: moved }
  },
)

export const invertsMask = fault(
  freezeStep,
  reference,
  'takes the mask for that of the parameters to train',
  ({ inputs, parameters, right }) =>
    right({ ...inputs, frozen: mapArray(inputs.frozen, (bit) => 1 - bit) }, parameters),
)

export const ratesGradient = fault(
  freezeStep,
  reference,
  'multiplies the gradient by the rate before it enters the velocity',
  ({ inputs, parameters, right }) => {
    const { frozen, gradient, velocity } = inputs
    const { rate, momentum, decay } = parameters
    const answer = right(inputs, parameters)
    const v = mapArray(velocity, (before, i) => {
      const g = gradient.at(i) + decay * inputs.parameters.at(i)
      return frozen.at(i) === 1 ? before : momentum * before + rate * g
    })
    const moved = mapArray(inputs.parameters, (theta, i) =>
      frozen.at(i) === 1 ? theta : theta - v.at(i),
    )
    return { ...answer, velocity: v, parameters: moved }
  },
)

export const freezesNeighbours = fault(
  freezeStep,
  reference,
  'stops everything as soon as anything is frozen',
  ({ inputs, parameters, right }) => {
    const any = inputs.frozen.data.some((bit) => bit === 1) ? 1 : 0
    return right({ ...inputs, frozen: mapArray(inputs.frozen, () => any) }, parameters)
  },
)
