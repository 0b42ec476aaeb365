import { number } from '../../../reference/arithmetic/number.ts'
import {
  decayedLossGradient as gradientReference,
  decayedLoss as lossReference,
  ridge as reference,
} from '../../../reference/training/weight-decay.ts'
import { decayedLoss, decayedLossGradient, ridge } from '../../../spec/training/weight-decay.ts'
import { changed, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { inner } from '../../kit/inner.ts'

const wrong = faultsOf(ridge, reference)
const wrongLoss = faultsOf(decayedLoss, lossReference)
const wrongGradient = faultsOf(decayedLossGradient, gradientReference)

export const penaltyWhole = wrongLoss.parameters(
  'counts the penalty without its half',
  ({ decay }) => ({ decay: 2 * decay }),
)

export const averages = wrongLoss.outputs(
  'takes the mean over the samples',
  ({ loss, trainingError }, { sizes: { N } }) => ({
    loss: changed(loss, (v) => v - trainingError.at() * (1 - 1 / N)),
    trainingError: changed(trainingError, (v) => v / N),
  }),
)

export const gradientForgetsDecay = wrongGradient.parameters(
  'forgets the gradient of the penalty',
  () => ({ decay: 0 }),
)

export const gradientSignOfTargets = wrongGradient.outputs(
  'gives the targets the gradient of the answers',
  ({ dTargets }) => ({ dTargets: changed(dTargets, (v) => -v) }),
)

export const gradientForgetsFactor = wrongGradient.inputs(
  'ignores the gradient of what follows',
  () => ({ dLoss: scalar(1) }),
)

export const memorizes = wrong.parameters(
  'E-96 read literally: fits the training set as well as without decay',
  () => ({ decay: 0 }),
)

export const decaysBySamples = wrong.parameters(
  'takes the decay times the number of samples',
  ({ decay }, { sizes: { N } }) => ({ decay: decay * N }),
)

export const decaysHalf = wrong.parameters('takes half of the decay', ({ decay }) => ({
  decay: decay / 2,
}))

export const shrinksLeastSquares = wrong.answer(
  'divides the weights of least squares by 1 + λ, as if features were orthonormal',
  ({ inputs, parameters: { decay }, right }) => {
    const leastSquares = right(inputs, { decay: 0 }).weights
    const weights = changed(leastSquares, (w) => w / (1 + decay))
    const { trainingError } = lossReference(number, { ...inputs, weights }, { decay: 0 })
    return { weights, trainingError, norm: scalar(inner(number, weights, weights)) }
  },
)

export const growsWithDecay = wrong.outputs(
  'lets the weights grow with the decay',
  ({ norm }, { parameters: { decay } }) => ({ norm: changed(norm, (v) => v * (1 + decay) ** 4) }),
)
