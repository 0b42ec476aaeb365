import { diracLosses as reference } from '../../../reference/gan/loss-quality-decoupling.ts'
import { diracLosses } from '../../../spec/gan/loss-quality-decoupling.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(diracLosses, reference)

export const otherSign = wrong.inputs('takes a positive logit for generated', ({ psi }) => ({
  psi: changed(psi, (v) => -v),
}))
export const byProbability = wrong.outputs(
  'takes the logarithm of a probability that has been rounded to 0 or 1',
  (right) => ({
    saturating: changed(right.saturating, (v) => Math.log(Math.fround(Math.exp(v)))),
    nonSaturating: changed(right.nonSaturating, (v) => -Math.log(Math.fround(Math.exp(-v)))),
  }),
)
export const forgetsReal = wrong.outputs(
  'leaves real data out of the value of the game',
  (right) => ({
    discriminator: right.saturating,
  }),
)
export const exchangesLosses = wrong.outputs('exchanges both losses of the generator', (right) => ({
  saturating: changed(right.nonSaturating, (v) => -v),
  nonSaturating: changed(right.saturating, (v) => -v),
}))
export const inBits = wrong.outputs('takes logarithms to the base 2', (right) => ({
  discriminator: changed(right.discriminator, (v) => v / Math.LN2),
  saturating: changed(right.saturating, (v) => v / Math.LN2),
  nonSaturating: changed(right.nonSaturating, (v) => v / Math.LN2),
}))
export const signsOnly = wrong.inputs(
  'looks only at the side of the data that a sample is on',
  ({ theta }) => ({ theta: changed(theta, Math.sign) }),
)
export const lossIsDistance = wrong.outputs('takes the loss for the distance', (right) => ({
  distance: right.nonSaturating,
}))
export const clampsLogits = wrong.outputs('gives no loss above 10', (right) => ({
  nonSaturating: changed(right.nonSaturating, (v) => Math.min(v, 10)),
}))
