import { freezeStep as reference } from '../../../reference/transfer/freeze.ts'
import { freezeStep } from '../../../spec/transfer/freeze.ts'
import { changed, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(freezeStep, reference)

export const masksGradientOnly = wrong.inputs(
  'sets the gradient of frozen parameters to 0, while decay and momentum go on',
  ({ gradient, frozen }) => ({
    gradient: changed(gradient, (g, i) => (frozen.at(i) === 1 ? 0 : g)),
    frozen: zeros(frozen.shape),
  }),
)

export const decaysFrozen = wrong.outputs(
  'applies weight decay to frozen parameters',
  ({ parameters }, { inputs: { frozen }, parameters: { rate, decay } }) => ({
    parameters: changed(parameters, (theta, i) => theta - frozen.at(i) * rate * decay * theta),
  }),
)

export const momentumGoesOn = wrong.outputs(
  'moves frozen parameters by the momentum gathered before they were frozen',
  ({ parameters }, { inputs: { frozen, velocity }, parameters: { rate, momentum } }) => ({
    parameters: changed(
      parameters,
      (theta, i) => theta - frozen.at(i) * rate * momentum * velocity.at(i),
    ),
  }),
)

export const multipliesMask = wrong.outputs(
  'multiplies the step by 0 for frozen parameters, which keeps NaN',
  (answer, { inputs, parameters, right }) => {
    const { frozen } = inputs
    const all = right({ ...inputs, frozen: zeros(frozen.shape) }, parameters)
    const moved = changed(inputs.parameters, (theta, i) => {
      const step = (theta - all.parameters.at(i)) * (1 - frozen.at(i))
      return Number.isNaN(step) ? step : answer.parameters.at(i)
    })
    return { parameters: moved }
  },
)

export const clearsVelocity = wrong.outputs(
  'begins anew with a velocity of 0 where it is not a number',
  ({ velocity }) => ({ velocity: changed(velocity, (v) => (Number.isNaN(v) ? 0 : v)) }),
)

export const invertsMask = wrong.inputs(
  'takes the mask for that of the parameters to train',
  ({ frozen }) => ({ frozen: changed(frozen, (bit) => 1 - bit) }),
)

export const ratesGradient = wrong.outputs(
  'multiplies the gradient by the rate before it enters the velocity',
  (_, { inputs, parameters: { rate, momentum, decay } }) => {
    const { frozen, gradient } = inputs
    const velocity = changed(inputs.velocity, (before, i) => {
      const g = gradient.at(i) + decay * inputs.parameters.at(i)
      return frozen.at(i) === 1 ? before : momentum * before + rate * g
    })
    const parameters = changed(inputs.parameters, (theta, i) =>
      frozen.at(i) === 1 ? theta : theta - velocity.at(i),
    )
    return { velocity, parameters }
  },
)

export const freezesNeighbours = wrong.inputs(
  'stops everything as soon as anything is frozen',
  ({ frozen }) => ({ frozen: changed(frozen, () => Math.max(...frozen.data)) }),
)
