import { build } from '../../../reference/arithmetic/array.ts'
import {
  dropoutGradient as gradientReference,
  dropout as reference,
} from '../../../reference/cnn/dropout.ts'
import { dropout, dropoutGradient } from '../../../spec/cnn/dropout.ts'
import { fault, mapArray } from '../../kit/fault.ts'

export const doesNotScale = fault(
  dropout,
  reference,
  'does not scale what is kept',
  ({ inputs, parameters, right }) => right(inputs, { ...parameters, rate: 0 }),
)

export const scalesByRate = fault(
  dropout,
  reference,
  'takes the rate for the share that is kept',
  ({ inputs, parameters, right }) => {
    const { rate } = parameters
    return right(inputs, { ...parameters, rate: rate > 0 ? 1 - rate : 0 })
  },
)

export const keepsDropped = fault(
  dropout,
  reference,
  'keeps the units whose bit is 0',
  ({ inputs, parameters, right }) =>
    right({ ...inputs, mask: mapArray(inputs.mask, (bit) => 1 - bit) }, parameters),
)

export const scalesAfterwards = fault(
  dropout,
  reference,
  'scales by the share that is kept after training, and in training as well',
  ({ inputs, parameters, right }) => {
    const { y } = right(inputs, parameters)
    return { y: parameters.training ? y : mapArray(y, (v) => v * (1 - parameters.rate)) }
  },
)

export const dropsAfterwards = fault(
  dropout,
  reference,
  'goes on dropping after training',
  ({ inputs, parameters, right }) => right(inputs, { ...parameters, training: true }),
)

export const sharesMask = fault(
  dropout,
  reference,
  'takes the mask of the first sample for all',
  ({ inputs, parameters, right }) => {
    const { mask } = inputs
    const first = build(mask.shape, (_, d) => mask.at(0, d))
    return right({ ...inputs, mask: first }, parameters)
  },
)

export const sharesBit = fault(
  dropout,
  reference,
  'drops all units of a sample by the bit of its first one',
  ({ inputs, parameters, right }) => {
    const { mask } = inputs
    const first = build(mask.shape, (n) => mask.at(n, 0))
    return right({ ...inputs, mask: first }, parameters)
  },
)

export const gradientIgnoresMask = fault(
  dropoutGradient,
  gradientReference,
  'lets the gradient pass everywhere',
  ({ inputs, parameters, right }) =>
    right({ ...inputs, mask: mapArray(inputs.mask, () => 1) }, parameters),
)

export const gradientDoesNotScale = fault(
  dropoutGradient,
  gradientReference,
  'does not scale the gradient',
  ({ inputs, parameters, right }) => right(inputs, { ...parameters, rate: 0 }),
)
