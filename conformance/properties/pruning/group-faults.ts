import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  groupPenaltyGradient as gradientReference,
  groupPenalty as reference,
  groupStep as stepReference,
} from '../../../reference/pruning/group.ts'
import { groupPenalty, groupPenaltyGradient, groupStep } from '../../../spec/pruning/group.ts'
import { changed, filled, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(groupPenalty, reference)
const wrongGradient = faultsOf(groupPenaltyGradient, gradientReference)
const wrongStep = faultsOf(groupStep, stepReference)

const squaresOf = ({ data }: NumberArray<number>) => data.reduce((sum, w) => sum + w * w, 0)

export const squaresNorms = wrong.outputs(
  'E-25 read literally: squares the norms',
  (_, { inputs: { weights }, parameters: { penalty }, sizes: { D } }) => ({
    value: scalar(penalty * Math.sqrt(D!) * squaresOf(weights)),
  }),
)

export const oneGroup = wrong.outputs(
  'takes the norm of all weights',
  (_, { inputs: { weights }, parameters: { penalty }, sizes: { D } }) => ({
    value: scalar(penalty * Math.sqrt(D!) * Math.sqrt(squaresOf(weights))),
  }),
)

export const forgetsSize = wrong.outputs(
  'leaves out the root of the size of a group',
  ({ value }, { sizes: { D } }) => ({ value: scalar(value.at() / Math.sqrt(D!)) }),
)

export const sizeWithoutRoot = wrong.outputs(
  'multiplies by the size of a group, not by its root',
  ({ value }, { sizes: { D } }) => ({ value: scalar(value.at() * Math.sqrt(D!)) }),
)

export const sumsMagnitudes = wrong.outputs(
  'sums magnitudes, as if every weight were a group',
  (_, { inputs: { weights }, parameters: { penalty } }) => ({
    value: scalar(penalty * weights.data.reduce((sum, w) => sum + Math.abs(w), 0)),
  }),
)

export const gradientNaN = wrongGradient.outputs(
  'divides 0 by 0 in a group of zeros',
  ({ dWeights }, { inputs: { weights }, sizes: { D } }) => {
    const isZero = (g: number) =>
      Array.from({ length: D! }, (_, d) => weights.at(g, d)).every((w) => w === 0)
    return {
      dWeights: build(dWeights.shape, (g, d) => (isZero(g) ? Number.NaN : dWeights.at(g, d))),
    }
  },
)

export const gradientOfSquares = wrongGradient.outputs(
  'has the gradient of the squared norms',
  ({ dWeights }, { inputs: { weights, dValue }, parameters: { penalty }, sizes: { D } }) => ({
    dWeights: changed(
      dWeights,
      (_, at) => 2 * penalty * Math.sqrt(D!) * weights.data[at] * dValue.at(),
    ),
  }),
)

export const gradientForgetsFactor = wrongGradient.inputs(
  'takes 1 for the derivative by the penalty',
  () => ({ dValue: scalar(1) }),
)

export const thresholdsEach = wrongStep.outputs(
  'takes the soft threshold of every weight by itself',
  (_, { inputs: { weights }, parameters: { penalty }, sizes: { D } }) => ({
    weights: changed(
      weights,
      (w) => Math.sign(w) * Math.max(0, Math.abs(w) - penalty * Math.sqrt(D!)),
    ),
  }),
)

export const shrinksQuadratically = wrongStep.outputs(
  'E-25 read literally: the step of the quadratic penalty, which leaves no group at 0',
  (_, { inputs: { weights }, parameters: { penalty } }) => ({
    weights: changed(weights, (w) => w / (1 + penalty)),
  }),
)

export const flipsGroups = wrongStep.outputs(
  'does not stop at 0, so that small groups change their sign',
  ({ weights: right }, { inputs: { weights }, parameters: { penalty }, sizes: { D } }) => ({
    weights: build(right.shape, (g, d) => {
      const norm = Math.sqrt(
        Array.from({ length: D! }, (_, i) => weights.at(g, i) ** 2).reduce((a, b) => a + b, 0),
      )
      return norm === 0 ? 0 : (1 - (penalty * Math.sqrt(D!)) / norm) * weights.at(g, d)
    }),
  }),
)

export const stepForgetsSize = wrongStep.parameters(
  'leaves out the root of the size of a group',
  ({ penalty }, { sizes: { D } }) => ({ penalty: penalty / Math.sqrt(D!) }),
)

export const hardGroups = wrongStep.outputs(
  'keeps groups beyond the threshold as they are',
  ({ weights: right }, { inputs: { weights } }) => ({
    weights: changed(right, (w, at) => (w === 0 ? 0 : weights.data[at])),
  }),
)

export const stepOverColumns = wrongStep.answer(
  'takes columns for the groups',
  ({ inputs: { weights }, parameters, right }) => {
    const [G, D] = weights.shape as [number, number]
    const turned = build([D, G], (d, g) => weights.at(g, d))
    const scaled = { penalty: parameters.penalty * Math.sqrt(D / G) }
    const found = right({ weights: turned }, scaled).weights
    return { weights: build([G, D], (g, d) => found.at(d, g)) }
  },
)

export const ignoresWeights = wrong.inputs('counts the groups', ({ weights }) => ({
  weights: filled(weights.shape, 1),
}))

export const weighsPlaces = wrongStep.answer(
  'takes the largest of the first two weights for the norm of their group',
  ({ inputs: { weights }, parameters: { penalty }, sizes: { D } }) => ({
    weights: build(weights.shape, (g, d) => {
      const norm = Math.max(Math.abs(weights.at(g, 0)), Math.abs(weights.at(g, D! > 1 ? 1 : 0)))
      const left = Math.max(0, norm - penalty * Math.sqrt(D!))
      return norm === 0 ? 0 : (left / norm) * weights.at(g, d)
    }),
  }),
)
