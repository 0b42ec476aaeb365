import { stepsToShrink as reference } from '../../../reference/training/too-low.ts'
import { stepsToShrink } from '../../../spec/training/too-low.ts'
import { changed, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { tensor } from '../../kit/tensor.ts'

const wrong = faultsOf(stepsToShrink, reference)

export const roundsDown = wrong.outputs('rounds the number of steps down', ({ exact }) => ({
  steps: changed(exact, Math.floor),
}))

export const shrinksLoss = wrong.parameters(
  'shrinks the loss instead of the distance',
  ({ shrink }) => ({ shrink: Math.sqrt(shrink) }),
)

export const linearizes = wrong.answer(
  'takes ηλ for −ln(1 − ηλ)',
  ({ parameters: { rate, curvature, shrink } }) => {
    const exact = Math.log(1 / shrink) / (rate * curvature)
    return { steps: scalar(Math.ceil(exact)), exact: scalar(exact) }
  },
)

export const sharesSwapped = wrong.parameters(
  'takes what a step removes for what it leaves',
  ({ rate, curvature }) => ({ rate: 1 / curvature - rate }),
)

export const forgetsCurvature = wrong.parameters('leaves the curvature out', () => ({
  curvature: 1,
}))

export const acceptsAnyRate = wrong.accepts('counts steps at any rate', () => ({
  steps: tensor([], [1]),
  exact: tensor([], [1]),
}))
