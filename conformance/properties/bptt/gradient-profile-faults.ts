import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { gradientProfile as reference } from '../../../reference/bptt/gradient-profile.ts'
import { gradientProfile } from '../../../spec/bptt/gradient-profile.ts'
import { changed, permuted } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(gradientProfile, reference)

/** The norm of the gradient of each step by its own state, and 0 for the first one. */
function ownNorms(dh: NumberArray<number>, norm: (g: readonly number[]) => number) {
  const [T, N, H] = dh.shape as [number, number, number]
  return build([T + 1], (t) => (t === 0 ? 0 : norm(dh.data.slice((t - 1) * N * H, t * N * H))))
}

export const withoutWayBack = wrong.outputs(
  'gives the norms of what arrives from outside, without what comes back',
  (_, { inputs: { dh } }) => ({ norms: ownNorms(dh, (g) => Math.hypot(...g)) }),
)

export const untransposed = wrong.outputs(
  'goes back through W in place of its transpose',
  (_, { inputs, parameters, right }) =>
    parameters.activation === 'linear'
      ? right({ ...inputs, W: permuted(inputs.W, (i, j) => [j, i]) }, parameters)
      : {},
)

export const lastFirst = wrong.outputs(
  'gives the norms in the order in which they are found',
  ({ norms }, { sizes: { T } }) => ({ norms: permuted(norms, (t) => [T! - t]) }),
)

export const profileWithoutSlope = wrong.parameters(
  'leaves the slopes of the activation out',
  () => ({ activation: 'linear' }),
)

export const lastLossOnly = wrong.inputs(
  'forgets the losses of all steps but the last one',
  ({ dh }, { sizes: { T } }) => ({
    dh: build(dh.shape, (t, n, i) => (t + 1 < T! ? 0 : dh.at(t, n, i))),
  }),
)

export const ofMean = wrong.outputs(
  'divides by the number of sequences',
  ({ norms }, { sizes: { N } }) => ({ norms: changed(norms, (p) => p / N!) }),
)

export const givesSquares = wrong.outputs('gives the squares of the norms', ({ norms }) => ({
  norms: changed(norms, (p) => p * p),
}))

export const fadesToNothing = wrong.outputs(
  'gives 0 where the square of a norm vanishes in single precision',
  ({ norms }) => ({ norms: changed(norms, (p) => (p * p < 2 ** -126 ? 0 : p)) }),
)
