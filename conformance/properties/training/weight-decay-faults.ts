import { build } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import {
  decayedLossGradient as gradientReference,
  decayedLoss as lossReference,
  ridge as reference,
} from '../../../reference/training/weight-decay.ts'
import { decayedLoss, decayedLossGradient, ridge } from '../../../spec/training/weight-decay.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrongDecayedLoss = faultsOf(decayedLoss, lossReference)
const wrongDecayedLossGradient = faultsOf(decayedLossGradient, gradientReference)
const wrongRidge = faultsOf(ridge, reference)

export const penaltyWhole = wrongDecayedLoss.answer(
  'counts the penalty without its half',
  ({ inputs, parameters, right }) => right(inputs, { decay: 2 * parameters.decay }),
)

export const averages = wrongDecayedLoss.outputs(
  'takes the mean over the samples',
  ({ loss, trainingError }, { inputs }) => {
    const N = inputs.targets.shape[0]!
    return {
      loss: changed(loss, (v) => v - trainingError.at() * (1 - 1 / N)),
      trainingError: changed(trainingError, (v) => v / N),
    }
  },
)

export const gradientForgetsDecay = wrongDecayedLossGradient.answer(
  'forgets the gradient of the penalty',
  ({ inputs, right }) => right(inputs, { decay: 0 }),
)

export const gradientSignOfTargets = wrongDecayedLossGradient.outputs(
  'gives the targets the gradient of the answers',
  (answer) => {
    return { dTargets: changed(answer.dTargets, (v) => -v) }
  },
)

export const gradientForgetsFactor = wrongDecayedLossGradient.inputs(
  'ignores the gradient of what follows',
  ({ dLoss }) => ({ dLoss: changed(dLoss, () => 1) }),
)

export const memorizes = wrongRidge.answer(
  'E-96 read literally: fits the training set as well as without decay',
  ({ inputs, right }) => right(inputs, { decay: 0 }),
)

export const decaysBySamples = wrongRidge.answer(
  'takes the decay times the number of samples',
  ({ inputs, parameters, right }) =>
    right(inputs, { decay: parameters.decay * inputs.targets.shape[0]! }),
)

export const decaysHalf = wrongRidge.answer(
  'takes half of the decay',
  ({ inputs, parameters, right }) => right(inputs, { decay: parameters.decay / 2 }),
)

export const shrinksLeastSquares = wrongRidge.answer(
  'divides the weights of least squares by 1 + λ, as if features were orthonormal',
  ({ inputs, parameters, right }) => {
    const { weights } = right(inputs, { decay: 0 })
    const shrunk = changed(weights, (w) => w / (1 + parameters.decay))
    const { x, targets } = inputs
    const at = { x, targets, weights: shrunk }
    const { trainingError } = lossReference(number, at, { decay: 0 })
    const norm = build([], () => shrunk.data.reduce((total, w) => total + w * w, 0))
    return { weights: shrunk, trainingError, norm }
  },
)

export const growsWithDecay = wrongRidge.outputs(
  'lets the weights grow with the decay',
  (answer, { parameters }) => {
    const grow = (v: number) => v * (1 + parameters.decay) ** 4
    return { norm: changed(answer.norm, grow) }
  },
)
