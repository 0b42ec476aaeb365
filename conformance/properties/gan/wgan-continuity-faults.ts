import { pointDivergences as reference } from '../../../reference/gan/wgan-continuity.ts'
import { pointDivergences } from '../../../spec/gan/wgan-continuity.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(pointDivergences, reference)

export const inBits = wrong.outputs('gives the Jensen–Shannon divergence in bits', (right) => ({
  jensenShannon: changed(right.jensenShannon, (v) => v / Math.LN2),
}))
export const unhalved = wrong.outputs('forgets the halves of the divergence', (right) => ({
  jensenShannon: changed(right.jensenShannon, (v) => 2 * v),
}))
export const smoothed = wrong.outputs(
  'adds 1e-8 to probabilities, so that the divergence is finite',
  (right) => ({
    kullbackLeibler: changed(right.kullbackLeibler, (v) => Math.min(v, 8 * Math.LN10)),
  }),
)
export const squares = wrong.outputs('squares the distance', (right) => ({
  wasserstein: changed(right.wasserstein, (v) => v * v),
}))
export const signed = wrong.outputs('keeps the sign of the distance', (_, { inputs }) => ({
  wasserstein: inputs.theta,
}))
export const unsigned = wrong.outputs('gives the slope without its sign', (right) => ({
  slope: changed(right.slope, Math.abs),
}))
export const slopeOfKink = wrong.outputs('gives the slope 1 at the kink', (right) => ({
  slope: changed(right.slope, (v) => (v === 0 ? 1 : v)),
}))
export const apartAlways = wrong.outputs('takes points for apart where they are not', (right) => ({
  jensenShannon: changed(right.jensenShannon, () => Math.LN2),
}))
export const alsoByDistance = wrong.outputs(
  'lets the divergence grow with the distance, as of clouds that overlap',
  (right) => ({
    jensenShannon: changed(
      right.jensenShannon,
      (v, at) => v - v / (1 + right.wasserstein.data[at]!),
    ),
  }),
)
export const leftIsHere = wrong.outputs(
  'takes points on the left for those of the data',
  (right, { inputs: { theta } }) => ({
    kullbackLeibler: changed(right.kullbackLeibler, (v, at) => (theta.data[at]! < 0 ? 0 : v)),
  }),
)
