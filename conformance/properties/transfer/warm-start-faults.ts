import { warmStart as reference } from '../../../reference/transfer/warm-start.ts'
import { warmStart } from '../../../spec/transfer/warm-start.ts'
import { changed, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { tensor } from '../../kit/tensor.ts'

const wrong = faultsOf(warmStart, reference)

export const startsCold = wrong.outputs(
  'counts the steps from the cold start twice',
  ({ cold }) => ({ warm: cold }),
)

export const savesTheShare = wrong.outputs(
  'takes the share of the distance for a share of the steps',
  ({ cold }, { parameters: { ratio } }) => ({ warm: changed(cold, (n) => Math.ceil(n * ratio)) }),
)

export const oneMore = wrong.outputs('counts the start as a step', ({ cold, warm }) => ({
  cold: changed(cold, (n) => n + 1),
  warm: changed(warm, (n) => n + 1),
}))

export const stepsBack = wrong.outputs(
  'counts negative steps where the start is near enough',
  (_, { parameters: { contraction, distance, ratio, tolerance } }) => ({
    warm: scalar(Math.ceil(Math.log((ratio * distance) / tolerance) / -Math.log(contraction))),
  }),
)

export const squaresDistance = wrong.parameters(
  'counts the steps until the loss is within the tolerance',
  ({ contraction, distance }) => ({ contraction: contraction ** 2, distance: distance ** 2 }),
)

export const acceptsAny = wrong.accepts('counts steps that lead away', () => ({
  cold: tensor([], [1]),
  warm: tensor([], [1]),
}))
