import {
  dropoutGradient as gradientReference,
  dropout as reference,
} from '../../../reference/cnn/dropout.ts'
import { dropout, dropoutGradient } from '../../../spec/cnn/dropout.ts'
import { changed, filled, permuted } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(dropout, reference)
const wrongGradient = faultsOf(dropoutGradient, gradientReference)

export const doesNotScale = wrong.parameters('does not scale what is kept', () => ({ rate: 0 }))

export const scalesByRate = wrong.parameters(
  'takes the rate for the share that is kept',
  ({ rate }) => ({ rate: rate > 0 ? 1 - rate : 0 }),
)

export const keepsDropped = wrong.inputs('keeps the units whose bit is 0', ({ mask }) => ({
  mask: changed(mask, (bit) => 1 - bit),
}))

export const scalesAfterwards = wrong.outputs(
  'scales by the share that is kept after training, and in training as well',
  ({ y }, { parameters: { training, rate } }) => ({
    y: training ? y : changed(y, (v) => v * (1 - rate)),
  }),
)

export const dropsAfterwards = wrong.parameters('goes on dropping after training', () => ({
  training: true,
}))

export const sharesMask = wrong.inputs(
  'takes the mask of the first sample for all',
  ({ mask }) => ({
    mask: permuted(mask, (_, d) => [0, d]),
  }),
)

export const sharesBit = wrong.inputs(
  'drops all units of a sample by the bit of its first one',
  ({ mask }) => ({ mask: permuted(mask, (n) => [n, 0]) }),
)

export const acceptsAnyRate = wrong.accepts('accepts a rate of 1', ({ x }) => ({ y: x! }))

export const gradientIgnoresMask = wrongGradient.inputs(
  'lets the gradient pass everywhere',
  ({ mask }) => ({ mask: filled(mask.shape, 1) }),
)

export const gradientDoesNotScale = wrongGradient.parameters('does not scale the gradient', () => ({
  rate: 0,
}))
