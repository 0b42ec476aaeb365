import { build } from '../../../reference/arithmetic/array.ts'
import {
  deletionCost as costReference,
  saliencies as reference,
} from '../../../reference/pruning/obd-saliency.ts'
import { deletionCost, saliencies } from '../../../spec/pruning/obd-saliency.ts'
import { changed, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(saliencies, reference)
const wrongCost = faultsOf(deletionCost, costReference)

export const forgetsHalf = wrong.outputs(
  'E-23 read literally: leaves out the half',
  ({ saliencies }) => ({ saliencies: changed(saliencies, (s) => 2 * s) }),
)

export const takesCurvature = wrong.outputs(
  'E-72 read literally: gives the second derivative alone',
  (_, { inputs: { curvature } }) => ({ saliencies: curvature }),
)

export const doesNotSquare = wrong.outputs(
  'multiplies by the magnitude of the parameter, not by its square',
  (_, { inputs: { curvature, weights } }) => ({
    saliencies: changed(curvature, (h, k) => 0.5 * h * Math.abs(weights.data[k]!)),
  }),
)

export const takesMagnitudes = wrong.outputs(
  'gives half the square of the parameter, whatever the loss is',
  (_, { inputs: { weights } }) => ({ saliencies: changed(weights, (u) => 0.5 * u * u) }),
)

export const dropsNegative = wrong.outputs(
  'takes a negative second derivative for 0',
  ({ saliencies }) => ({ saliencies: changed(saliencies, (s) => Math.max(0, s)) }),
)

export const takesAbsolute = wrong.outputs(
  'takes the magnitude of the second derivative',
  ({ saliencies }) => ({ saliencies: changed(saliencies, Math.abs) }),
)

export const squaresBoth = wrong.outputs(
  'squares the second derivative with the parameter',
  (_, { inputs: { curvature, weights } }) => ({
    saliencies: changed(curvature, (h, k) => 0.5 * (h * weights.data[k]!) ** 2),
  }),
)

export const forgetsMixed = wrongCost.outputs(
  'takes the sum of saliencies for the change of the loss',
  ({ predicted }) => ({ actual: predicted, mixed: scalar(0) }),
)

export const countsMixedTwice = wrongCost.outputs(
  'counts the mixed derivative of two weights twice',
  ({ predicted, mixed }) => ({
    mixed: scalar(2 * mixed.at()),
    actual: scalar(predicted.at() + 2 * mixed.at()),
  }),
)

export const countsUpperHalf = wrongCost.inputs(
  'counts each pair of weights once',
  ({ matrix }) => ({
    matrix: build(matrix.shape, (i, j) => (i <= j ? matrix.at(i, j) : 0)),
  }),
)

export const deletesKept = wrongCost.inputs('deletes what the mask keeps', ({ mask }) => ({
  mask: changed(mask, (bit) => 1 - bit),
}))

export const takesSigns = wrongCost.inputs(
  'takes the magnitudes of the weights',
  ({ weights }) => ({ weights: changed(weights, Math.abs) }),
)

export const mixesWithKept = wrongCost.answer(
  'lets deleted weights interact with those that are kept',
  ({ inputs: { matrix, weights, mask }, parameters, right }) => {
    const { predicted } = right({ matrix, weights, mask }, parameters)
    let mixed = 0
    build(matrix.shape, (i, j) => {
      const isMeant = i !== j && (mask.at(i) === 0 || mask.at(j) === 0)
      if (isMeant) mixed += 0.5 * matrix.at(i, j) * weights.at(i) * weights.at(j)
      return 0
    })
    return { predicted, mixed: scalar(mixed), actual: scalar(predicted.at() + mixed) }
  },
)

export const forgetsHalfOfCost = wrongCost.outputs(
  'leaves out the half of both terms',
  ({ predicted, mixed, actual }) => ({
    predicted: scalar(2 * predicted.at()),
    mixed: scalar(2 * mixed.at()),
    actual: scalar(2 * actual.at()),
  }),
)
