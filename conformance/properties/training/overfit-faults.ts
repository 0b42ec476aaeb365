import { build } from '../../../reference/arithmetic/array.ts'
import {
  overfitGap as gapReference,
  turningPoint as turningReference,
} from '../../../reference/training/overfit.ts'
import { overfitGap, turningPoint } from '../../../spec/training/overfit.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { tensor } from '../../kit/tensor.ts'

const scalar = (value: number) => build([], () => value)

const wrongOverfitGap = faultsOf(overfitGap, gapReference)
const wrongTurningPoint = faultsOf(turningPoint, turningReference)

export const signOfAccuracy = wrongOverfitGap.parameters(
  'subtracts losses as if they were accuracies',
  () => ({ metric: 'accuracy' }),
)

export const takesModulus = wrongOverfitGap.answer(
  'takes the distance of the curves, whichever is better',
  ({ inputs, parameters, right }) => {
    const { gaps } = right(inputs, parameters)
    const apart = changed(gaps, Math.abs)
    const zeros = changed(apart, () => 0)
    return right({ training: apart, validation: zeros }, { ...parameters, metric: 'accuracy' })
  },
)

export const widestGap = wrongOverfitGap.outputs(
  'judges by the widest gap instead of the last one',
  ({ gaps }, { parameters }) => {
    const widest = Math.max(...gaps.data)
    const { little, strong } = parameters
    return { gaps, diagnosis: scalar(widest < little ? 0 : widest < strong ? 1 : 2) }
  },
)

export const hasNoMiddle = wrongOverfitGap.outputs(
  'has no middle: any gap that is not small is strong',
  (answer) => {
    return { diagnosis: changed(answer.diagnosis, (d) => (d > 0 ? 2 : 0)) }
  },
)

export const mixesMetrics = wrongOverfitGap.answer(
  'E-11 read literally: holds the validation loss against an accuracy, which is 1 less the loss',
  ({ inputs, parameters, right }) => {
    if (parameters.metric === 'accuracy') return right(inputs, parameters)
    const accuracy = changed(inputs.training, () => 1)
    return right({ ...inputs, training: accuracy }, parameters)
  },
)

export const acceptsAnyOrder = wrongOverfitGap.accepts(
  'accepts thresholds in any order',
  ({ training }) => ({
    gaps: training!,
    diagnosis: tensor([], [0]),
  }),
)

export const lastOfEqual = wrongTurningPoint.outputs(
  'stops at the last of equally good epochs',
  (_, { inputs }) => {
    const { data } = inputs.validation
    return { stop: scalar(data.lastIndexOf(Math.max(...data))) }
  },
)

export const flagsEnds = wrongTurningPoint.outputs(
  'calls a curve that only falls a turning one',
  (answer, { inputs, parameters }) => {
    const end = inputs.validation.shape[0]! - 1
    const { training, validation } = inputs
    const stop = answer.stop.at()
    const turned =
      validation.at(end) < validation.at(stop) - parameters.drop &&
      training.at(end) > training.at(stop)
    const flag = turned ? 1 : 0
    return { overparametrized: scalar(flag), remedies: build([3], () => flag) }
  },
)

export const ignoresTraining = wrongTurningPoint.inputs(
  'does not look at the training curve',
  ({ training }) => ({ training: changed(training, (_, t) => t) }),
)

export const weakens = wrongTurningPoint.outputs('advises less regularization', (answer) => {
  return { remedies: changed(answer.remedies, (flag) => -flag) }
})

export const countsFromOne = wrongTurningPoint.outputs('counts epochs from 1', (answer) => {
  return { stop: changed(answer.stop, (t) => t + 1) }
})
