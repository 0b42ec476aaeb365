import { pruneAndRetrain as reference } from '../../../reference/pruning/retrain.ts'
import { pruneAndRetrain } from '../../../spec/pruning/retrain.ts'
import { changed, filled, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(pruneAndRetrain, reference)

export const masksGradientOnly = wrong.outputs(
  'masks the gradient alone: momentum moves what was just removed',
  (right, { inputs: { weights, velocity }, parameters: { rate, momentum } }) => {
    const isGone = (at: number) => right.mask.data[at] === 0
    const goesOn = changed(right.velocity, (v, at) =>
      isGone(at) ? momentum * velocity.data[at] : v,
    )
    return {
      velocity: goesOn,
      weights: changed(right.weights, (w, at) =>
        isGone(at) ? weights.data[at] - rate * goesOn.data[at] : w,
      ),
    }
  },
)

export const keepsVelocity = wrong.outputs(
  'sets removed weights to 0 and leaves their velocity',
  (right, { inputs: { velocity } }) => ({
    velocity: changed(right.velocity, (v, at) =>
      right.mask.data[at] === 0 ? velocity.data[at] : v,
    ),
  }),
)

export const prunesBeforeStep = wrong.outputs(
  'sets removed weights to 0 before the step only, which moves them by their gradient',
  (right, { inputs: { gradient }, parameters: { rate } }) => ({
    weights: changed(right.weights, (w, at) =>
      right.mask.data[at] === 0 ? w - rate * gradient.data[at] : w,
    ),
  }),
)

export const regrows = wrong.inputs(
  'forgets earlier rounds: large weights come back',
  ({ mask }) => ({ mask: filled(mask.shape, 1) }),
)

export const neverPrunes = wrong.inputs('prunes in the first round only', () => ({
  threshold: scalar(0),
}))

export const dropsMomentum = wrong.parameters('starts every round without momentum', () => ({
  momentum: 0,
}))

export const removesEqual = wrong.outputs(
  'removes a magnitude that is equal to the threshold',
  (right, { inputs: { weights, threshold } }) => {
    const isGone = (at: number) => Math.abs(weights.data[at]) === threshold.at()
    const cleared = (values: typeof right.mask) =>
      changed(values, (v, at) => (isGone(at) && threshold.at() > 0 ? 0 : v))
    return {
      mask: cleared(right.mask),
      weights: cleared(right.weights),
      velocity: cleared(right.velocity),
    }
  },
)

export const multipliesMask = wrong.outputs(
  'multiplies the gradient by the mask, which leaves NaN',
  (right, { inputs: { gradient } }) => ({
    weights: changed(
      right.weights,
      (w, at) => w + (right.mask.data[at] === 0 ? 0 * gradient.data[at] : 0),
    ),
  }),
)

export const takesWholeNorm = wrong.outputs(
  'decays what is left by the mean of all weights, those that are gone among them',
  (right, { inputs: { weights }, parameters: { rate, decay } }) => {
    const mean = weights.data.reduce((sum, w) => sum + w, 0) / weights.data.length
    return {
      weights: changed(right.weights, (w, at) =>
        right.mask.data[at] === 0 ? w : w - rate * decay * (mean - weights.data[at]),
      ),
    }
  },
)

export const acceptsNegative = wrong.accepts(
  'accepts thresholds below 0',
  ({ weights, mask, velocity }) => ({ weights: weights!, mask: mask!, velocity: velocity! }),
)
