import {
  scoreLossGradient as gradientReference,
  scoreLoss as reference,
} from '../../../reference/distillation/logit-imitation.ts'
import { scoreLoss, scoreLossGradient } from '../../../spec/distillation/logit-imitation.ts'
import { changed, permuted } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(scoreLoss, reference)
const wrongGradient = faultsOf(scoreLossGradient, gradientReference)

export const doesNotHalve = wrong.outputs('does not halve the squares', ({ loss }) => ({
  loss: changed(loss, (v) => 2 * v),
}))

export const averagesScores = wrong.outputs(
  'takes the mean over the classes as well',
  ({ loss }, { sizes: { C } }) => ({ loss: changed(loss, (v) => v / C!) }),
)

export const centersScores = wrong.inputs(
  'takes the scores of the first class off, as no probability depends on them',
  ({ z, v }) => {
    const shape = z.shape as [number, number]
    const first = (x: typeof z) => permuted(x, (n) => [n!, 0])
    const off = (x: typeof z) => changed(x, (value, at) => value - first(x).data[at]!)
    return shape[1] === 1 ? {} : { z: off(z), v: off(v) }
  },
)

export const takesAbsolute = wrong.inputs('compares magnitudes', ({ z, v }) => ({
  z: changed(z, Math.abs),
  v: changed(v, Math.abs),
}))

export const gradientKeepsBatch = wrongGradient.inputs(
  'gives the gradient of a sum over the samples',
  ({ dLoss, z }) => ({ dLoss: changed(dLoss, (g) => g * z.shape[0]!) }),
)

export const gradientDoubles = wrongGradient.inputs(
  'gives the gradient of squares that are not halved',
  ({ dLoss }) => ({ dLoss: changed(dLoss, (g) => 2 * g) }),
)

export const teacherFollows = wrongGradient.outputs(
  'gives the teacher the gradient of the student',
  ({ dz }) => ({ dv: dz }),
)
