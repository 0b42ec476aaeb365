import {
  binaryCrossEntropyGradient as gradientReference,
  binaryCrossEntropy as reference,
} from '../../../reference/gan/cross-entropy.ts'
import { binaryCrossEntropy, binaryCrossEntropyGradient } from '../../../spec/gan/cross-entropy.ts'
import { changed, filled, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(binaryCrossEntropy, reference)
const wrongGradient = faultsOf(binaryCrossEntropyGradient, gradientReference)
const sigmoid = (a: number) => Math.fround(1 / (1 + Math.exp(-a)))

export const addsLosses = wrong.outputs('adds up instead of averaging', (right, { sizes }) => ({
  loss: changed(right.loss, (v) => v * sizes.M!),
}))
export const halvesLoss = wrong.outputs('gives half of the mean', ({ loss }) => ({
  loss: changed(loss, (v) => v / 2),
}))
export const givesLikelihood = wrong.outputs('gives the log-likelihood', ({ loss }) => ({
  loss: changed(loss, (v) => -v),
}))
export const otherClass = wrong.inputs('takes the other class for 1', ({ targets }) => ({
  targets: changed(targets, (t) => 1 - t),
}))
export const hardens = wrong.inputs('rounds targets to a class', ({ targets }) => ({
  targets: changed(targets, (t) => (t > 0.5 ? 1 : 0)),
}))
export const realAlone = wrong.answer(
  'leaves out what a target is less than 1',
  ({ inputs: { logits, targets }, sizes: { M } }) => {
    const softplus = (a: number) => Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a)))
    const losses = logits.data.map((a, m) => targets.at(m) * softplus(-a))
    return { loss: scalar(losses.reduce((sum, v) => sum + v, 0) / M!) }
  },
)
export const ofProbabilities = wrong.answer(
  'cuts logarithms of the sigmoid off at −100',
  ({ inputs: { logits, targets }, sizes: { M } }) => {
    const log = (a: number) => Math.max(-100, Math.log(sigmoid(a)))
    const losses = logits.data.map((a, m) => {
      const t = targets.at(m)
      return t * log(a) + (1 - t) * log(-a)
    })
    return { loss: scalar(-losses.reduce((sum, v) => sum + v, 0) / M!) }
  },
)

export const slopesOfSum = wrongGradient.outputs(
  'gives the gradient of the sum',
  ({ dLogits }, { sizes }) => ({ dLogits: changed(dLogits, (g) => g * sizes.M!) }),
)
export const targetLessSigmoid = wrongGradient.outputs(
  'takes the sigmoid from the target',
  ({ dLogits }) => ({ dLogits: changed(dLogits, (g) => -g) }),
)
export const slopesByProbability = wrongGradient.outputs(
  'multiplies by the slope of the sigmoid, as of squared errors',
  ({ dLogits }, { inputs: { logits } }) => ({
    dLogits: changed(dLogits, (g, m) => g * sigmoid(logits.at(m)) * sigmoid(-logits.at(m))),
  }),
)
export const forgetsLoss = wrongGradient.inputs(
  'forgets the derivative by the loss',
  ({ dLoss }) => ({ dLoss: filled(dLoss.shape, 1) }),
)
