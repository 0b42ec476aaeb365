import { build } from '../../../reference/arithmetic/array.ts'
import { stepsToShrink as reference } from '../../../reference/training/too-low.ts'
import { stepsToShrink } from '../../../spec/training/too-low.ts'
import { fault, lenient, mapArray } from '../../kit/fault.ts'
import { tensor } from '../../kit/tensor.ts'

export const roundsDown = fault(
  stepsToShrink,
  reference,
  'rounds the number of steps down',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    return { ...answer, steps: mapArray(answer.exact, Math.floor) }
  },
)

export const shrinksLoss = fault(
  stepsToShrink,
  reference,
  'shrinks the loss instead of the distance',
  ({ inputs, parameters, right }) =>
    right(inputs, { ...parameters, shrink: Math.sqrt(parameters.shrink) }),
)

export const linearizes = fault(
  stepsToShrink,
  reference,
  'takes ηλ for −ln(1 − ηλ)',
  ({ parameters: { rate, curvature, shrink } }) => {
    const exact = Math.log(1 / shrink) / (rate * curvature)
    return { steps: build([], () => Math.ceil(exact)), exact: build([], () => exact) }
  },
)

export const sharesSwapped = fault(
  stepsToShrink,
  reference,
  'takes what a step removes for what it leaves',
  ({ inputs, parameters, right }) => {
    const { rate, curvature } = parameters
    return right(inputs, { ...parameters, rate: 1 / curvature - rate })
  },
)

export const forgetsCurvature = fault(
  stepsToShrink,
  reference,
  'leaves the curvature out',
  ({ inputs, parameters, right }) => right(inputs, { ...parameters, curvature: 1 }),
)

export const acceptsAnyRate = lenient(stepsToShrink, 'counts steps at any rate', () => ({
  steps: tensor([], [1]),
  exact: tensor([], [1]),
}))
