import { build } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import {
  decayedLossGradient as gradientReference,
  decayedLoss as lossReference,
  ridge as reference,
} from '../../../reference/training/weight-decay.ts'
import { decayedLoss, decayedLossGradient, ridge } from '../../../spec/training/weight-decay.ts'
import { fault, mapArray } from '../../kit/fault.ts'

export const penaltyWhole = fault(
  decayedLoss,
  lossReference,
  'counts the penalty without its half',
  ({ inputs, parameters, right }) => right(inputs, { decay: 2 * parameters.decay }),
)

export const averages = fault(
  decayedLoss,
  lossReference,
  'takes the mean over the samples',
  ({ inputs, parameters, right }) => {
    const N = inputs.targets.shape[0]!
    const { loss, trainingError } = right(inputs, parameters)
    return {
      loss: mapArray(loss, (v) => v - trainingError.at() * (1 - 1 / N)),
      trainingError: mapArray(trainingError, (v) => v / N),
    }
  },
)

export const gradientForgetsDecay = fault(
  decayedLossGradient,
  gradientReference,
  'forgets the gradient of the penalty',
  ({ inputs, right }) => right(inputs, { decay: 0 }),
)

export const gradientSignOfTargets = fault(
  decayedLossGradient,
  gradientReference,
  'gives the targets the gradient of the answers',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    return { ...answer, dTargets: mapArray(answer.dTargets, (v) => -v) }
  },
)

export const gradientForgetsFactor = fault(
  decayedLossGradient,
  gradientReference,
  'ignores the gradient of what follows',
  ({ inputs, parameters, right }) =>
    right({ ...inputs, dLoss: mapArray(inputs.dLoss, () => 1) }, parameters),
)

export const memorizes = fault(
  ridge,
  reference,
  'E-11 read literally: fits the training set as well as without decay',
  ({ inputs, right }) => right(inputs, { decay: 0 }),
)

export const decaysBySamples = fault(
  ridge,
  reference,
  'takes the decay times the number of samples',
  ({ inputs, parameters, right }) =>
    right(inputs, { decay: parameters.decay * inputs.targets.shape[0]! }),
)

export const decaysHalf = fault(
  ridge,
  reference,
  'takes half of the decay',
  ({ inputs, parameters, right }) => right(inputs, { decay: parameters.decay / 2 }),
)

export const shrinksLeastSquares = fault(
  ridge,
  reference,
  'divides the weights of least squares by 1 + λ, as if features were orthonormal',
  ({ inputs, parameters, right }) => {
    const { weights } = right(inputs, { decay: 0 })
    const shrunk = mapArray(weights, (w) => w / (1 + parameters.decay))
    const { x, targets } = inputs
    const at = { x, targets, weights: shrunk }
    const { trainingError } = lossReference(number, at, { decay: 0 })
    const norm = build([], () => shrunk.data.reduce((total, w) => total + w * w, 0))
    return { weights: shrunk, trainingError, norm }
  },
)

export const growsWithDecay = fault(
  ridge,
  reference,
  'lets the weights grow with the decay',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const grow = (v: number) => v * (1 + parameters.decay) ** 4
    return { ...answer, norm: mapArray(answer.norm, grow) }
  },
)
