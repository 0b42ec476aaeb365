import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import {
  acrossChannels,
  lrnAcross as acrossReference,
  energies,
  withinChannel,
  lrnWithin as withinReference,
} from '../../../reference/cnn/lrn.ts'
import {
  lrnAcrossGradient as acrossGradientReference,
  lrnWithinGradient as withinGradientReference,
} from '../../../reference/cnn/lrn-gradient.ts'
import { lrnAcross, lrnWithin } from '../../../spec/cnn/lrn.ts'
import { lrnAcrossGradient, lrnWithinGradient } from '../../../spec/cnn/lrn-gradient.ts'
import type { Sizes } from '../../../spec/language/operation.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf, type Question } from '../../kit/faults.ts'
import { near } from './lrn-cases.ts'

const wrongWithin = faultsOf(lrnWithin, withinReference)
const wrongAcross = faultsOf(lrnAcross, acrossReference)
const wrongWithinGradient = faultsOf(lrnWithinGradient, withinGradientReference)
const wrongAcrossGradient = faultsOf(lrnAcrossGradient, acrossGradientReference)

/** Sums the squares over other features than it should, by their places [i, j, k]. */
function over(
  places: (
    at: readonly [i: number, j: number, k: number],
    sizes: Sizes,
    radius: number,
  ) => readonly (readonly number[])[],
) {
  return ({ inputs: { x }, parameters, sizes }: Question<typeof lrnAcross>) => {
    const { radius, kappa, alpha, beta } = parameters
    const y = build(x.shape, (n, i, j, k) => {
      const squares = places([i, j, k], sizes, radius).map((at) => x.at(n, ...at) ** 2)
      return x.at(n, i, j, k) / (kappa + alpha * number.total(squares)) ** beta
    })
    return { y }
  }
}

export const withinAcross = wrongWithin.answer(
  'sums over channels instead of places',
  ({ inputs, parameters }) => acrossReference(number, inputs, parameters),
)

export const withinMean = wrongWithin.parameters(
  'divides α by n², as Caffe does',
  ({ alpha, radius }) => ({ alpha: alpha / (2 * radius + 1) ** 2 }),
)

export const withinTooWide = wrongWithin.parameters('takes n for the radius', ({ radius }) => ({
  radius: 2 * radius + 1,
}))

export const withinMultiplies = wrongWithin.parameters(
  'multiplies by the power instead of dividing',
  ({ beta }) => ({ beta: -beta }),
)

export const withinRowsOnly = wrongWithin.answer(
  'sums along the rows only',
  over(([i, j, k], { W }, radius) => near(j, radius, W).map((q) => [i, q, k])),
)

export const withinLosesSign = wrongWithin.outputs('gives sizes without signs', ({ y }) => ({
  y: changed(y, Math.abs),
}))

export const withinTiltsChannels = wrongWithin.outputs(
  'adds the energy of the channel before',
  ({ y }, { inputs: { x } }) => ({
    y: build(y.shape, (n, i, j, k) => {
      const before = k > 0 ? x.at(n, i, j, k - 1) ** 2 : 0
      return y.at(n, i, j, k) / (1 + before)
    }),
  }),
)

export const acrossWithin = wrongAcross.answer(
  'sums over places instead of channels',
  ({ inputs, parameters }) => withinReference(number, inputs, parameters),
)

export const acrossMean = wrongAcross.parameters(
  'divides α by n, as Caffe and PyTorch do',
  ({ alpha, radius }) => ({ alpha: alpha / (2 * radius + 1) }),
)

export const acrossForward = wrongAcross.answer(
  'groups a channel with those after it only',
  over(([i, j, k], { K }, radius) =>
    near(k, radius, K)
      .filter((q) => q >= k)
      .map((q) => [i, j, q]),
  ),
)

export const acrossWrapsAround = wrongAcross.answer(
  'lets the groups go round from the last channel to the first',
  over(([i, j, k], { K }, radius) =>
    Array.from({ length: 2 * radius + 1 }, (_, offset) => k + offset - radius).map((q) => [
      i,
      j,
      ((q % K) + K) % K,
    ]),
  ),
)

export const acrossLinear = wrongAcross.parameters('ignores β, as if it were 1', () => ({
  beta: 1,
}))

export const acrossKappaOne = wrongAcross.parameters('ignores κ, as if it were 1', () => ({
  kappa: 1,
}))

export const acrossIndependent = wrongAcross.inputs(
  'E-09 read literally: brings every light to the same level first',
  ({ x }) => {
    const most = Math.max(...x.data.map(Math.abs))
    return { x: changed(x, (v) => (most > 0 ? v / most : v)) }
  },
)

export const acrossDoublesBeta = wrongAcross.parameters(
  'doubles β, as for a sum of which the root is still to be taken',
  ({ beta }) => ({ beta: 2 * beta }),
)

/** Every second row and column, as after pooling in twos. */
const thinned = (
  { y }: { readonly y: NumberArray<number> },
  { sizes }: { readonly sizes: Sizes },
) => {
  const { N, H, W, K } = sizes
  const thin = [N, Math.ceil(H / 2), Math.ceil(W / 2), K]
  return { y: build(thin, (n, i, j, k) => y.at(n, 2 * i, 2 * j, k)) }
}

export const acrossThins = wrongAcross.outputs(
  'E-98 read literally: leaves every second row and column only',
  thinned,
)

export const withinThins = wrongWithin.outputs('leaves every second row and column only', thinned)

/** The gradient with another factor of what comes through the sums than 2, or with other sums. */
function through(
  neighboursOf: typeof withinChannel | typeof acrossChannels,
  factor: number,
  { ownSum = false }: { readonly ownSum?: boolean } = {},
) {
  return ({ inputs: { x, dy }, parameters }: Question<typeof lrnAcrossGradient>) => {
    const { radius, kappa, alpha, beta } = parameters
    const neighbours = neighboursOf(x.shape, radius)
    const s = energies(number, x, neighbours, kappa, alpha)
    const dx = build(x.shape, (n, i, j, k) => {
      const own = s.at(n, i, j, k)
      let sum = 0
      for (const at of neighbours(i, j, k)) {
        const energy = ownSum ? own : s.at(n, ...at)
        sum += dy.at(n, ...at) * x.at(n, ...at) * energy ** (-beta - 1)
      }
      const direct = dy.at(n, i, j, k) * own ** -beta
      return direct - factor * alpha * beta * x.at(n, i, j, k) * sum
    })
    return { dx }
  }
}

export const withinGradientDirect = wrongWithinGradient.answer(
  'takes the sums for constants',
  through(withinChannel, 0),
)

export const withinGradientOwnWindow = wrongWithinGradient.answer(
  'takes the sum of the own window for those of all windows',
  through(withinChannel, 2, { ownSum: true }),
)

export const withinGradientForgetsTwo = wrongWithinGradient.answer(
  'forgets the 2 of the square',
  through(withinChannel, 1),
)

export const acrossGradientDirect = wrongAcrossGradient.answer(
  'takes the sums for constants',
  through(acrossChannels, 0),
)

export const acrossGradientOwnGroup = wrongAcrossGradient.answer(
  'takes the sum of the own group for those of all groups',
  through(acrossChannels, 2, { ownSum: true }),
)

export const acrossGradientSign = wrongAcrossGradient.answer(
  'adds what comes through the sums',
  through(acrossChannels, -2),
)
