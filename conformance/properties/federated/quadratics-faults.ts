import { memberOf, stacked } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import {
  localFixedPoint as pointReference,
  quadraticOptima as reference,
  quadraticRounds as roundsReference,
} from '../../../reference/federated/quadratics.ts'
import {
  localFixedPoint,
  quadraticOptima,
  quadraticRounds,
} from '../../../spec/federated/quadratics.ts'
import { changed, filled } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(quadraticOptima, reference)
const wrongRounds = faultsOf(quadraticRounds, roundsReference)
const wrongPoint = faultsOf(localFixedPoint, pointReference)

export const averagesOptima = wrong.outputs(
  'E-45 read literally: gives the mean of the clients’ minima for the minimum of all',
  ({ average }) => ({ optimum: average }),
)
export const optimaAlike = wrong.inputs('weighs clients alike', ({ weights }) => ({
  weights: filled(weights.shape, 1),
}))
export const divides = wrong.inputs('weighs by the inverse of the curvature', ({ h }) => ({
  h: changed(h, (v) => 1 / v),
}))
export const curvedAverage = wrong.outputs(
  'weighs the minima by curvature, too',
  ({ optimum }) => ({ average: optimum }),
)

export const averagesAlike = wrong.outputs('weighs minima alike', (_, { inputs, right }) => ({
  average: right({ ...inputs, weights: filled(inputs.weights.shape, 1) }, {}).average,
}))

export const oneStep = wrongRounds.parameters('does one local step', () => ({ localSteps: 1 }))
export const longStep = wrongRounds.parameters(
  'does one step with the rates of all added up',
  ({ rate, localSteps }) => ({ rate: rate * localSteps, localSteps: 1 }),
)
export const roundsAlike = wrongRounds.inputs('weighs clients alike', ({ weights }) => ({
  weights: filled(weights.shape, 1),
}))
export const climbs = wrongRounds.parameters('adds the gradient', ({ rate }) => ({ rate: -rate }))
export const startsAnew = wrongRounds.outputs(
  'begins every round at the start',
  ({ trajectory }, { parameters: { rounds } }) => ({
    trajectory: stacked(Array.from({ length: rounds }, () => memberOf(trajectory, 0))),
  }),
)

export const pointOfOne = wrongPoint.parameters(
  'gives the minimum of the mean loss, whatever local steps there are',
  () => ({ localSteps: 1 }),
)
export const pointOfAverage = wrongPoint.outputs(
  'gives the mean of the minima, as after local steps without end',
  (_, { inputs }) => ({ point: reference(number, inputs, {}).average }),
)
export const oneStepMore = wrongPoint.parameters(
  'counts one local step too many',
  ({ localSteps }) => ({ localSteps: localSteps + 1 }),
)
export const weighsRest = wrongPoint.answer(
  'weighs by what is left of the distance instead of what is gone',
  ({ inputs, parameters: { rate, localSteps } }) => {
    const left = (at: number) => (1 - rate * inputs.h.data[at]!) ** localSteps
    // One local step with the curvature as the weight is a mean by any weights.
    const h = changed(inputs.h, (_, at) => left(at))
    return pointReference(number, { ...inputs, h }, { rate, localSteps: 1 })
  },
)
export const pointAlike = wrongPoint.inputs('weighs clients alike', ({ weights }) => ({
  weights: filled(weights.shape, 1),
}))
export const dividesByWeights = wrongPoint.outputs(
  'divides by the weights, and not by what each moves',
  ({ point }, { inputs: { h, weights }, parameters: { rate, localSteps }, sizes: { K, P } }) => ({
    point: changed(point, (v, i) => {
      const gone = (k: number) => 1 - (1 - rate * h.data[k * P! + i]!) ** localSteps
      const clients = Array.from({ length: K! }, (_, k) => weights.data[k]!)
      const moved = clients.reduce((sum, p, k) => sum + p * gone(k), 0)
      return (v * moved) / clients.reduce((sum, p) => sum + p, 0)
    }),
  }),
)
