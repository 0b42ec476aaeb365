import {
  overfitGap as gapReference,
  turningPoint as turningReference,
} from '../../../reference/training/overfit.ts'
import { overfitGap, turningPoint } from '../../../spec/training/overfit.ts'
import { changed, filled, scalar, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { tensor } from '../../kit/tensor.ts'

const wrongGap = faultsOf(overfitGap, gapReference)
const wrongTurning = faultsOf(turningPoint, turningReference)

export const signOfAccuracy = wrongGap.parameters(
  'subtracts losses as if they were accuracies',
  () => ({ metric: 'accuracy' }),
)

export const takesModulus = wrongGap.answer(
  'takes the distance of the curves, whichever is better',
  ({ inputs, parameters, right }) => {
    const training = changed(right(inputs, parameters).gaps, Math.abs)
    const validation = zeros(training.shape)
    return right({ training, validation }, { ...parameters, metric: 'accuracy' })
  },
)

export const widestGap = wrongGap.outputs(
  'judges by the widest gap instead of the last one',
  ({ gaps }, { parameters: { little, strong } }) => {
    const widest = Math.max(...gaps.data)
    return { diagnosis: scalar(widest < little ? 0 : widest < strong ? 1 : 2) }
  },
)

export const hasNoMiddle = wrongGap.outputs(
  'has no middle: any gap that is not small is strong',
  ({ diagnosis }) => ({ diagnosis: changed(diagnosis, (d) => (d > 0 ? 2 : 0)) }),
)

export const mixesMetrics = wrongGap.inputs(
  'E-11 read literally: holds the validation loss against an accuracy, which is 1 less the loss',
  ({ training }, { parameters: { metric } }) => ({
    training: metric === 'loss' ? filled(training.shape, 1) : training,
  }),
)

export const acceptsAnyOrder = wrongGap.accepts(
  'accepts thresholds in any order',
  ({ training }) => ({ gaps: training!, diagnosis: tensor([], [0]) }),
)

export const lastOfEqual = wrongTurning.outputs(
  'stops at the last of equally good epochs',
  (_, { inputs: { validation } }) => ({
    stop: scalar(validation.data.lastIndexOf(Math.max(...validation.data))),
  }),
)

export const flagsEnds = wrongTurning.outputs(
  'calls a curve that only falls a turning one',
  ({ stop }, { inputs: { training, validation }, parameters: { drop }, sizes: { T } }) => {
    const [best, end] = [stop.at(), T - 1]
    const turned =
      validation.at(end) < validation.at(best) - drop && training.at(end) > training.at(best)
    const flag = turned ? 1 : 0
    return { overparametrized: scalar(flag), remedies: filled([3], flag) }
  },
)

export const ignoresTraining = wrongTurning.inputs(
  'does not look at the training curve',
  ({ training }) => ({ training: changed(training, (_, t) => t) }),
)

export const fallsByTheDrop = wrongTurning.outputs(
  'takes a fall of exactly the drop for one of more',
  ({ overparametrized, remedies }, { inputs: { training, validation }, parameters: { drop } }) => {
    const [best, end] = [Math.max(...validation.data), validation.data.length - 1]
    const at = validation.data.indexOf(best)
    const isEqual = at > 0 && at < end && best - validation.at(end) === drop
    if (!isEqual || training.at(end) <= training.at(at)) return { overparametrized, remedies }
    return { overparametrized: scalar(1), remedies: filled([3], 1) }
  },
)

export const weakens = wrongTurning.outputs('advises less regularization', ({ remedies }) => ({
  remedies: changed(remedies, (flag) => -flag),
}))

export const countsFromOne = wrongTurning.outputs('counts epochs from 1', ({ stop }) => ({
  stop: changed(stop, (t) => t + 1),
}))
