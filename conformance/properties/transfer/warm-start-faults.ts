import { build } from '../../../reference/arithmetic/array.ts'
import { warmStart as reference } from '../../../reference/transfer/warm-start.ts'
import { warmStart } from '../../../spec/transfer/warm-start.ts'
import { fault, lenient, mapArray } from '../../kit/fault.ts'
import { tensor } from '../../kit/tensor.ts'

export const startsCold = fault(
  warmStart,
  reference,
  'counts the steps from the cold start twice',
  ({ inputs, parameters, right }) => {
    const { cold } = right(inputs, parameters)
    return { cold, warm: cold }
  },
)

export const savesTheShare = fault(
  warmStart,
  reference,
  'takes the share of the distance for a share of the steps',
  ({ inputs, parameters, right }) => {
    const { cold } = right(inputs, parameters)
    return { cold, warm: mapArray(cold, (n) => Math.ceil(n * parameters.ratio)) }
  },
)

export const oneMore = fault(
  warmStart,
  reference,
  'counts the start as a step',
  ({ inputs, parameters, right }) => {
    const { cold, warm } = right(inputs, parameters)
    return { cold: mapArray(cold, (n) => n + 1), warm: mapArray(warm, (n) => n + 1) }
  },
)

export const stepsBack = fault(
  warmStart,
  reference,
  'counts negative steps where the start is near enough',
  ({ inputs, parameters, right }) => {
    const { contraction, distance, ratio, tolerance } = parameters
    const answer = right(inputs, parameters)
    const warm = Math.ceil(Math.log((ratio * distance) / tolerance) / -Math.log(contraction))
    return { ...answer, warm: build([], () => warm) }
  },
)

export const squaresDistance = fault(
  warmStart,
  reference,
  'counts the steps until the loss is within the tolerance',
  ({ inputs, parameters, right }) => {
    const { contraction, distance, tolerance } = parameters
    return right(inputs, {
      ...parameters,
      contraction: contraction ** 2,
      distance: distance ** 2,
      tolerance,
    })
  },
)

export const acceptsAny = lenient(warmStart, 'counts steps that lead away', () => ({
  cold: tensor([], [1]),
  warm: tensor([], [1]),
}))
