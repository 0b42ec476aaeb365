import { freezeStep as reference } from '../../../reference/transfer/freeze.ts'
import { freezeStep } from '../../../spec/transfer/freeze.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(freezeStep, reference)

export const masksGradientOnly = wrong.inputs(
  'sets the gradient of frozen parameters to 0, while decay and momentum go on',
  (inputs) => {
    const gradient = changed(inputs.gradient, (g, i) => (inputs.frozen.at(i) === 1 ? 0 : g))
    const frozen = changed(inputs.frozen, () => 0)
    return { gradient, frozen }
  },
)

export const decaysFrozen = wrong.answer(
  'applies weight decay to frozen parameters',
  ({ inputs, parameters: { rate, decay, momentum }, right }) => {
    const answer = right(inputs, { rate, decay, momentum })
    const shrink = (theta: number, i: number) =>
      inputs.frozen.at(i) === 1 ? theta - rate * decay * theta : theta
    return { ...answer, parameters: changed(answer.parameters, shrink) }
  },
)

export const momentumGoesOn = wrong.outputs(
  'moves frozen parameters by the momentum gathered before they were frozen',
  (answer, { inputs, parameters }) => {
    const { frozen, velocity } = inputs
    const { rate, momentum } = parameters
    const moved = changed(answer.parameters, (theta, i) =>
      frozen.at(i) === 1 ? theta - rate * momentum * velocity.at(i) : theta,
    )
    return { parameters: moved }
  },
)

export const multipliesMask = wrong.outputs(
  'multiplies the step by 0 for frozen parameters, which keeps NaN',
  (answer, { inputs, parameters, right }) => {
    const { frozen } = inputs
    const all = right({ ...inputs, frozen: changed(frozen, () => 0) }, parameters)
    const moved = changed(inputs.parameters, (theta, i) => {
      const step = (theta - all.parameters.at(i)) * (1 - frozen.at(i))
      return Number.isNaN(step) ? step : answer.parameters.at(i)
    })
    return { parameters: moved }
  },
)

export const invertsMask = wrong.inputs(
  'takes the mask for that of the parameters to train',
  ({ frozen }) => ({ frozen: changed(frozen, (bit) => 1 - bit) }),
)

export const ratesGradient = wrong.outputs(
  'multiplies the gradient by the rate before it enters the velocity',
  (_, { inputs, parameters }) => {
    const { frozen, gradient, velocity } = inputs
    const { rate, momentum, decay } = parameters
    const v = changed(velocity, (before, i) => {
      const g = gradient.at(i) + decay * inputs.parameters.at(i)
      return frozen.at(i) === 1 ? before : momentum * before + rate * g
    })
    const moved = changed(inputs.parameters, (theta, i) =>
      frozen.at(i) === 1 ? theta : theta - v.at(i),
    )
    return { velocity: v, parameters: moved }
  },
)

export const freezesNeighbours = wrong.inputs(
  'stops everything as soon as anything is frozen',
  ({ frozen }) => {
    const any = frozen.data.some((bit) => bit === 1) ? 1 : 0
    return { frozen: changed(frozen, () => any) }
  },
)
