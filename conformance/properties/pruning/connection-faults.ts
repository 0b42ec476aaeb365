import { build } from '../../../reference/arithmetic/array.ts'
import {
  maskedDenseGradient as gradientReference,
  maskedDense as reference,
} from '../../../reference/pruning/connection.ts'
import { maskedDense, maskedDenseGradient } from '../../../spec/pruning/connection.ts'
import { changed, filled, permuted } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(maskedDense, reference)
const wrongGradient = faultsOf(maskedDenseGradient, gradientReference)

export const invertsMask = wrong.inputs('removes what is to be kept', ({ mask }) => ({
  mask: changed(mask, (bit) => 1 - bit),
}))

export const reportsAllWeights = wrong.outputs(
  'uses the mask in the layer and returns the weights as they were',
  (_, { inputs: { weights } }) => ({ pruned: weights }),
)

export const masksAfterwards = wrong.outputs(
  'sets the weights to 0 and computes with those from before',
  (_, { inputs, parameters, right }) => {
    const { mask } = inputs
    return { y: right({ ...inputs, mask: filled(mask.shape, 1) }, parameters).y }
  },
)

export const masksWholeUnits = wrong.inputs(
  'removes a unit with each of its connections',
  ({ mask }) => {
    const [D] = mask.shape as [number, number]
    const whole = (j: number) => Array.from({ length: D }, (_, i) => mask.at(i, j))
    return { mask: build(mask.shape, (_, j) => Math.min(...whole(j))) }
  },
)

export const sharesMask = wrong.inputs(
  'removes the same connections of every unit',
  ({ mask }) => ({
    mask: permuted(mask, (i) => [i, 0]),
  }),
)

export const multipliesMask = wrong.outputs(
  'multiplies by the mask, which leaves NaN',
  (_, { inputs: { weights, mask } }) => ({
    pruned: changed(weights, (w, at) => w * mask.data[at]),
  }),
)

export const acceptsAnyMask = wrong.accepts(
  'accepts masks of any numbers',
  ({ x, weights, mask }) => ({
    pruned: {
      dtype: 'float32',
      shape: weights!.shape,
      data: Float32Array.from(weights!.data, (w, at) => w * mask!.data[at]!),
    },
    y: x!,
  }),
)

export const gradientOfRemoved = wrongGradient.outputs(
  'gives removed weights a derivative, with which they come back in the next step',
  ({ dWeights }, { inputs, parameters, right }) => {
    const everything = { ...inputs, mask: filled(dWeights.shape, 1) }
    return { dWeights: right(everything, parameters).dWeights }
  },
)

export const goesBackThroughRemoved = wrongGradient.outputs(
  'goes back through connections that are gone',
  ({ dx }, { inputs, parameters, right }) => {
    const everything = { ...inputs, mask: filled(inputs.mask.shape, 1) }
    return { dx: right(everything, parameters).dx ?? dx }
  },
)

export const gradientByWeights = wrongGradient.outputs(
  'takes a weight of 0 for a removed one, which never comes back',
  ({ dWeights }, { inputs: { weights } }) => ({
    dWeights: changed(dWeights, (g, at) => (weights.data[at] === 0 ? 0 : g)),
  }),
)
