import {
  l2PenaltyGradient as gradientReference,
  l2Minimum as minimumReference,
  l2Penalty as reference,
  l2Step as stepReference,
} from '../../../reference/pruning/l2.ts'
import { l2Minimum, l2Penalty, l2PenaltyGradient, l2Step } from '../../../spec/pruning/l2.ts'
import { changed, scalar, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(l2Penalty, reference)
const wrongGradient = faultsOf(l2PenaltyGradient, gradientReference)
const wrongStep = faultsOf(l2Step, stepReference)
const wrongMinimum = faultsOf(l2Minimum, minimumReference)

export const forgetsHalf = wrong.parameters('has the factor ε, not ε/2', ({ decay }) => ({
  decay: 2 * decay,
}))

export const firstLayerOnly = wrong.inputs('leaves out the second layer', ({ weights2 }) => ({
  weights2: zeros(weights2.shape),
}))

export const takesMean = wrong.outputs(
  'takes the mean of the squares',
  ({ penalty }, { inputs: { weights1, weights2 } }) => ({
    penalty: scalar(penalty.at() / (weights1.data.length + weights2.data.length)),
  }),
)

export const takesNorm = wrong.outputs(
  'takes the norm instead of its square',
  ({ penalty }, { parameters: { decay } }) => ({
    penalty: scalar((decay / 2) * Math.sqrt(decay > 0 ? (2 * penalty.at()) / decay : 0)),
  }),
)

export const squaresSum = wrong.outputs(
  'squares the sum of the weights',
  (_, { inputs: { weights1, weights2 }, parameters: { decay } }) => {
    const sum = [...weights1.data, ...weights2.data].reduce((s, w) => s + w, 0)
    return { penalty: scalar((decay / 2) * sum * sum) }
  },
)

export const gradientHalves = wrongGradient.parameters('has the gradient ε/2 W', ({ decay }) => ({
  decay: decay / 2,
}))

export const gradientOfSigns = wrongGradient.outputs(
  'has the gradient of the sum of magnitudes',
  ({ dWeights1 }, { inputs: { weights1, dPenalty }, parameters: { decay } }) => ({
    dWeights1: changed(dWeights1, (_, at) =>
      decay === 0 ? 0 : decay * Math.sign(weights1.data[at]) * dPenalty.at(),
    ),
  }),
)

export const gradientForgetsFactor = wrongGradient.inputs(
  'takes 1 for the derivative by the penalty',
  () => ({ dPenalty: scalar(1) }),
)

export const gradientSwaps = wrongGradient.outputs(
  'gives no derivative by the second layer',
  ({ dWeights2 }) => ({ dWeights2: zeros(dWeights2.shape) }),
)

export const growsWeights = wrongStep.inputs(
  'adds what is to be taken away',
  ({ weights, gradient }) => ({
    gradient: changed(gradient, (g, at) => g - 2 * weights.data[at]),
  }),
)

export const decaysWithoutRate = wrongStep.outputs(
  'does not multiply the decay by the rate',
  (_, { inputs: { weights, gradient }, parameters: { rate, decay } }) => ({
    weights: changed(weights, (w, at) => w - rate * gradient.data[at] - decay * w),
  }),
)

export const decaysTwice = wrongStep.parameters('doubles the decay', ({ decay }) => ({
  decay: 2 * decay,
}))

export const leavesMinimum = wrongMinimum.outputs(
  'leaves the weights where the loss is smallest',
  (_, { inputs: { trained } }) => ({ weights: trained }),
)

export const penaltyAlone = wrongMinimum.outputs(
  'E-26 read literally: minimizes the penalty alone',
  ({ weights }) => ({ weights: zeros(weights.shape) }),
)

export const sharesCurvature = wrongMinimum.outputs(
  'shrinks by ε / (h + ε), most where the loss is most curved',
  ({ weights }, { inputs: { trained } }) => ({
    weights: changed(trained, (w, at) => w - weights.data[at]),
  }),
)

export const thresholdsInstead = wrongMinimum.outputs(
  'subtracts instead of multiplying, and stops at 0, as the sum of magnitudes does',
  (_, { inputs: { trained, curvature }, parameters: { decay } }) => ({
    weights: changed(trained, (w, at) => {
      const h = curvature.data[at]
      return h === 0 ? 0 : Math.sign(w) * Math.max(0, Math.abs(w) - decay / h)
    }),
  }),
)
