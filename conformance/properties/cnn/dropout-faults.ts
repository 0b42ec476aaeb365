import { build } from '../../../reference/arithmetic/array.ts'
import {
  dropoutGradient as gradientReference,
  dropout as reference,
} from '../../../reference/cnn/dropout.ts'
import { dropout, dropoutGradient } from '../../../spec/cnn/dropout.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrongDropout = faultsOf(dropout, reference)
const wrongDropoutGradient = faultsOf(dropoutGradient, gradientReference)

export const doesNotScale = wrongDropout.parameters('does not scale what is kept', () => ({
  rate: 0,
}))

export const scalesByRate = wrongDropout.parameters(
  'takes the rate for the share that is kept',
  ({ rate }) => {
    return { rate: rate > 0 ? 1 - rate : 0 }
  },
)

export const keepsDropped = wrongDropout.inputs('keeps the units whose bit is 0', ({ mask }) => ({
  mask: changed(mask, (bit) => 1 - bit),
}))

export const scalesAfterwards = wrongDropout.outputs(
  'scales by the share that is kept after training, and in training as well',
  ({ y }, { parameters }) => {
    return { y: parameters.training ? y : changed(y, (v) => v * (1 - parameters.rate)) }
  },
)

export const dropsAfterwards = wrongDropout.parameters('goes on dropping after training', () => ({
  training: true,
}))

export const sharesMask = wrongDropout.inputs(
  'takes the mask of the first sample for all',
  ({ mask }) => {
    const first = build(mask.shape, (_, d) => mask.at(0, d))
    return { mask: first }
  },
)

export const sharesBit = wrongDropout.inputs(
  'drops all units of a sample by the bit of its first one',
  ({ mask }) => {
    const first = build(mask.shape, (n) => mask.at(n, 0))
    return { mask: first }
  },
)

export const gradientIgnoresMask = wrongDropoutGradient.inputs(
  'lets the gradient pass everywhere',
  ({ mask }) => ({ mask: changed(mask, () => 1) }),
)

export const gradientDoesNotScale = wrongDropoutGradient.parameters(
  'does not scale the gradient',
  () => ({ rate: 0 }),
)
