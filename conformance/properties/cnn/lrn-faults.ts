import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import {
  acrossChannels,
  lrnAcross as acrossReference,
  energies,
  type Neighbours,
  withinChannel,
  lrnWithin as withinReference,
} from '../../../reference/cnn/lrn.ts'
import {
  lrnAcrossGradient as acrossGradientReference,
  lrnWithinGradient as withinGradientReference,
} from '../../../reference/cnn/lrn-gradient.ts'
import { lrnAcross, lrnWithin } from '../../../spec/cnn/lrn.ts'
import { lrnAcrossGradient, lrnWithinGradient } from '../../../spec/cnn/lrn-gradient.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrongLrnWithin = faultsOf(lrnWithin, withinReference)
const wrongLrnAcross = faultsOf(lrnAcross, acrossReference)
const wrongLrnWithinGradient = faultsOf(lrnWithinGradient, withinGradientReference)
const wrongLrnAcrossGradient = faultsOf(lrnAcrossGradient, acrossGradientReference)

export const withinAcross = wrongLrnWithin.answer(
  'sums over channels instead of places',
  ({ inputs, parameters }) => acrossReference(number, inputs, parameters),
)

export const withinMean = wrongLrnWithin.parameters(
  'divides α by n², as Caffe does',
  ({ alpha, radius }) => {
    return { alpha: alpha / (2 * radius + 1) ** 2 }
  },
)

export const withinTooWide = wrongLrnWithin.parameters('takes n for the radius', ({ radius }) => ({
  radius: 2 * radius + 1,
}))

export const withinMultiplies = wrongLrnWithin.parameters(
  'multiplies by the power instead of dividing',
  ({ beta }) => ({ beta: -beta }),
)

export const withinRowsOnly = wrongLrnWithin.answer(
  'sums along the rows only',
  ({ inputs: { x }, parameters: { radius, kappa, alpha, beta } }) => {
    const W = x.shape[2]!
    const y = build(x.shape, (n, i, j, k) => {
      let sum = 0
      for (let q = Math.max(0, j - radius); q <= Math.min(W - 1, j + radius); q++) {
        sum += x.at(n, i, q, k) ** 2
      }
      return x.at(n, i, j, k) / (kappa + alpha * sum) ** beta
    })
    return { y }
  },
)

export const withinLosesSign = wrongLrnWithin.outputs('gives sizes without signs', (outputs) => ({
  y: changed(outputs.y, Math.abs),
}))

export const withinTiltsChannels = wrongLrnWithin.answer(
  'adds the energy of the channel before',
  ({ inputs: { x }, parameters, right }) => {
    const { y } = right({ x }, parameters)
    return {
      y: build(y.shape, (n, i, j, k) => {
        const before = k > 0 ? x.at(n, i, j, k - 1) ** 2 : 0
        return y.at(n, i, j, k) / (1 + before)
      }),
    }
  },
)

export const acrossWithin = wrongLrnAcross.answer(
  'sums over places instead of channels',
  ({ inputs, parameters }) => withinReference(number, inputs, parameters),
)

export const acrossMean = wrongLrnAcross.parameters(
  'divides α by n, as Caffe and PyTorch do',
  ({ alpha, radius }) => ({ alpha: alpha / (2 * radius + 1) }),
)

export const acrossForward = wrongLrnAcross.answer(
  'groups a channel with those after it only',
  ({ inputs: { x }, parameters: { radius, kappa, alpha, beta } }) => {
    const K = x.shape[3]!
    const y = build(x.shape, (n, i, j, k) => {
      let sum = 0
      for (let q = k; q <= Math.min(K - 1, k + radius); q++) sum += x.at(n, i, j, q) ** 2
      return x.at(n, i, j, k) / (kappa + alpha * sum) ** beta
    })
    return { y }
  },
)

export const acrossWrapsAround = wrongLrnAcross.answer(
  'lets the groups go round from the last channel to the first',
  ({ inputs: { x }, parameters: { radius, kappa, alpha, beta } }) => {
    const K = x.shape[3]!
    const y = build(x.shape, (n, i, j, k) => {
      let sum = 0
      for (let offset = -radius; offset <= radius; offset++) {
        sum += x.at(n, i, j, (((k + offset) % K) + K) % K) ** 2
      }
      return x.at(n, i, j, k) / (kappa + alpha * sum) ** beta
    })
    return { y }
  },
)

export const acrossLinear = wrongLrnAcross.parameters('ignores β, as if it were 1', () => ({
  beta: 1,
}))

export const acrossKappaOne = wrongLrnAcross.parameters('ignores κ, as if it were 1', () => ({
  kappa: 1,
}))

export const acrossIndependent = wrongLrnAcross.inputs(
  'E-09 read literally: brings every light to the same level first',
  ({ x }) => {
    const most = Math.max(...x.data.map(Math.abs))
    return { x: changed(x, (v) => (most > 0 ? v / most : v)) }
  },
)

/** Every second row and column, as after pooling in twos. */
const thinned = ({ y }: { readonly y: NumberArray<number> }) => {
  const [N, H, W, K] = y.shape as [number, number, number, number]
  const thin = [N, Math.ceil(H / 2), Math.ceil(W / 2), K]
  return { y: build(thin, (n, i, j, k) => y.at(n, 2 * i, 2 * j, k)) }
}

export const acrossThins = wrongLrnAcross.outputs(
  'E-98 read literally: leaves every second row and column only',
  thinned,
)

export const withinThins = wrongLrnWithin.outputs(
  'leaves every second row and column only',
  thinned,
)

export const acrossDoublesBeta = wrongLrnAcross.parameters(
  'doubles β, as for a sum of which the root is still to be taken',
  ({ beta }) => ({ beta: 2 * beta }),
)

/** The gradient with another share of what comes through the sums. */
function through(
  x: NumberArray<number>,
  dy: NumberArray<number>,
  neighbours: Neighbours,
  { kappa, alpha, beta }: { kappa: number; alpha: number; beta: number },
  factor: number,
  ownWindow: boolean,
) {
  const s = energies(number, x, neighbours, kappa, alpha)
  const dx = build(x.shape, (n, i, j, k) => {
    const own = s.at(n!, i!, j!, k!)
    let sum = 0
    for (const at of neighbours(i!, j!, k!)) {
      const energy = ownWindow ? own : s.at(n!, ...at)
      sum += dy.at(n!, ...at) * x.at(n!, ...at) * energy ** (-beta - 1)
    }
    const direct = dy.at(n!, i!, j!, k!) * own ** -beta
    return direct - factor * alpha * beta * x.at(n!, i!, j!, k!) * sum
  })
  return { dx }
}

export const withinGradientDirect = wrongLrnWithinGradient.answer(
  'takes the sums for constants',
  ({ inputs: { x, dy }, parameters }) =>
    through(x, dy, withinChannel(x.shape, parameters.radius), parameters, 0, false),
)

export const withinGradientOwnWindow = wrongLrnWithinGradient.answer(
  'takes the sum of the own window for those of all windows',
  ({ inputs: { x, dy }, parameters }) =>
    through(x, dy, withinChannel(x.shape, parameters.radius), parameters, 2, true),
)

export const withinGradientForgetsTwo = wrongLrnWithinGradient.answer(
  'forgets the 2 of the square',
  ({ inputs: { x, dy }, parameters }) =>
    through(x, dy, withinChannel(x.shape, parameters.radius), parameters, 1, false),
)

export const acrossGradientDirect = wrongLrnAcrossGradient.answer(
  'takes the sums for constants',
  ({ inputs: { x, dy }, parameters }) =>
    through(x, dy, acrossChannels(x.shape, parameters.radius), parameters, 0, false),
)

export const acrossGradientOwnGroup = wrongLrnAcrossGradient.answer(
  'takes the sum of the own group for those of all groups',
  ({ inputs: { x, dy }, parameters }) =>
    through(x, dy, acrossChannels(x.shape, parameters.radius), parameters, 2, true),
)

export const acrossGradientSign = wrongLrnAcrossGradient.answer(
  'adds what comes through the sums',
  ({ inputs: { x, dy }, parameters }) =>
    through(x, dy, acrossChannels(x.shape, parameters.radius), parameters, -2, false),
)
