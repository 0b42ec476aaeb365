import { build } from '../../../reference/arithmetic/array.ts'
import {
  overfitGap as gapReference,
  turningPoint as turningReference,
} from '../../../reference/training/overfit.ts'
import { overfitGap, turningPoint } from '../../../spec/training/overfit.ts'
import { fault, lenient, mapArray } from '../../kit/fault.ts'
import { tensor } from '../../kit/tensor.ts'

const scalar = (value: number) => build([], () => value)

export const signOfAccuracy = fault(
  overfitGap,
  gapReference,
  'subtracts losses as if they were accuracies',
  ({ inputs, parameters, right }) => right(inputs, { ...parameters, metric: 'accuracy' }),
)

export const takesModulus = fault(
  overfitGap,
  gapReference,
  'takes the distance of the curves, whichever is better',
  ({ inputs, parameters, right }) => {
    const { gaps } = right(inputs, parameters)
    const apart = mapArray(gaps, Math.abs)
    const zeros = mapArray(apart, () => 0)
    return right({ training: apart, validation: zeros }, { ...parameters, metric: 'accuracy' })
  },
)

export const widestGap = fault(
  overfitGap,
  gapReference,
  'judges by the widest gap instead of the last one',
  ({ inputs, parameters, right }) => {
    const { gaps } = right(inputs, parameters)
    const widest = Math.max(...gaps.data)
    const { little, strong } = parameters
    return { gaps, diagnosis: scalar(widest < little ? 0 : widest < strong ? 1 : 2) }
  },
)

export const hasNoMiddle = fault(
  overfitGap,
  gapReference,
  'has no middle: any gap that is not small is strong',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    return { ...answer, diagnosis: mapArray(answer.diagnosis, (d) => (d > 0 ? 2 : 0)) }
  },
)

export const mixesMetrics = fault(
  overfitGap,
  gapReference,
  'E-11 read literally: holds the validation loss against an accuracy, which is 1 less the loss',
  ({ inputs, parameters, right }) => {
    if (parameters.metric === 'accuracy') return right(inputs, parameters)
    const accuracy = mapArray(inputs.training, () => 1)
    return right({ ...inputs, training: accuracy }, parameters)
  },
)

export const acceptsAnyOrder = lenient(
  overfitGap,
  'accepts thresholds in any order',
  ({ training }) => ({
    gaps: training!,
    diagnosis: tensor([], [0]),
  }),
)

export const lastOfEqual = fault(
  turningPoint,
  turningReference,
  'stops at the last of equally good epochs',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const { data } = inputs.validation
    return { ...answer, stop: scalar(data.lastIndexOf(Math.max(...data))) }
  },
)

export const flagsEnds = fault(
  turningPoint,
  turningReference,
  'calls a curve that only falls a turning one',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const end = inputs.validation.shape[0]! - 1
    const { training, validation } = inputs
    const stop = answer.stop.at()
    const turned =
      validation.at(end) < validation.at(stop) - parameters.drop &&
      training.at(end) > training.at(stop)
    const flag = turned ? 1 : 0
    return { ...answer, overparametrized: scalar(flag), remedies: build([3], () => flag) }
  },
)

export const ignoresTraining = fault(
  turningPoint,
  turningReference,
  'does not look at the training curve',
  ({ inputs, parameters, right }) =>
    right({ ...inputs, training: mapArray(inputs.training, (_, t) => t) }, parameters),
)

export const weakens = fault(
  turningPoint,
  turningReference,
  'advises less regularization',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    return { ...answer, remedies: mapArray(answer.remedies, (flag) => -flag) }
  },
)

export const countsFromOne = fault(
  turningPoint,
  turningReference,
  'counts epochs from 1',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    return { ...answer, stop: mapArray(answer.stop, (t) => t + 1) }
  },
)
