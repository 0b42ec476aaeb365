import { l1Minimum as reference, l1Step as stepReference } from '../../../reference/pruning/l1.ts'
import { l1Minimum, l1Step } from '../../../spec/pruning/l1.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(l1Minimum, reference)
const wrongStep = faultsOf(l1Step, stepReference)

export const hardThreshold = wrong.outputs(
  'leaves what is beyond the threshold as it is',
  ({ weights }, { inputs: { trained } }) => ({
    weights: changed(weights, (w, at) => (w === 0 ? 0 : trained.data[at])),
  }),
)

export const shrinksByShare = wrong.outputs(
  'multiplies by h / (h + λ), as the quadratic penalty does',
  (_, { inputs: { trained }, parameters: { curvature, penalty } }) => ({
    weights: changed(trained, (w) => (w * curvature) / (curvature + penalty)),
  }),
)

export const forgetsCurvature = wrong.parameters('takes λ for the threshold, not λ / h', () => ({
  curvature: 1,
}))

export const halvesThreshold = wrong.parameters(
  'takes λ / 2h for the threshold',
  ({ penalty }) => ({
    penalty: penalty / 2,
  }),
)

export const passesZero = wrong.outputs(
  'subtracts the threshold and does not stop at 0',
  (_, { inputs: { trained }, parameters: { curvature, penalty } }) => ({
    weights: changed(trained, (w) => w - (Math.sign(w) * penalty) / curvature),
  }),
)

export const positiveOnly = wrong.outputs('sets negative weights to 0', ({ weights }) => ({
  weights: changed(weights, (w) => Math.max(0, w)),
}))

export const nearlyZero = wrong.outputs(
  'stops a little before 0',
  ({ weights }, { inputs: { trained } }) => ({
    weights: changed(weights, (w, at) => (w === 0 ? 1e-9 * trained.data[at] : w)),
  }),
)

export const subgradientStep = wrongStep.outputs(
  'adds λ sign(w) to the gradient, and goes past 0',
  (_, { inputs: { weights, gradient }, parameters: { rate, penalty } }) => ({
    weights: changed(weights, (w, at) => w - rate * (gradient.data[at] + penalty * Math.sign(w))),
  }),
)

export const thresholdWithoutRate = wrongStep.outputs(
  'takes λ for the threshold, not ηλ',
  (_, { inputs: { weights, gradient }, parameters: { rate, penalty } }) => ({
    weights: changed(weights, (w, at) => {
      const z = w - rate * gradient.data[at]
      return Math.sign(z) * Math.max(0, Math.abs(z) - penalty)
    }),
  }),
)

export const thresholdsFirst = wrongStep.outputs(
  'takes the threshold before it follows the gradient',
  (_, { inputs: { weights, gradient }, parameters: { rate, penalty } }) => ({
    weights: changed(
      weights,
      (w, at) =>
        Math.sign(w) * Math.max(0, Math.abs(w) - rate * penalty) - rate * gradient.data[at],
    ),
  }),
)

export const climbs = wrongStep.inputs('goes up the gradient', ({ gradient }) => ({
  gradient: changed(gradient, (g) => -g),
}))

export const keepsPositive = wrongStep.outputs(
  'shrinks positive weights only',
  ({ weights: right }, { inputs: { weights, gradient }, parameters: { rate } }) => ({
    weights: changed(right, (w, at) => Math.min(w, weights.data[at] - rate * gradient.data[at])),
  }),
)
