import { build, elementwise, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import {
  fixedDiscriminatorGradient as fixedReference,
  nonSaturatingDivergenceGradient as gradientReference,
  generatorLosses as lossesReference,
  nonSaturatingDivergence as reference,
} from '../../../reference/gan/nonsaturating.ts'
import { sigmoid } from '../../../reference/layers/sigmoid.ts'
import {
  fixedDiscriminatorGradient,
  generatorLosses,
  nonSaturatingDivergence,
  nonSaturatingDivergenceGradient,
} from '../../../spec/gan/nonsaturating.ts'
import { changed, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

type Numbers = NumberArray<number>

const wrongLosses = faultsOf(generatorLosses, lossesReference)
const wrong = faultsOf(nonSaturatingDivergence, reference)
const wrongGradient = faultsOf(nonSaturatingDivergenceGradient, gradientReference)
const wrongFixed = faultsOf(fixedDiscriminatorGradient, fixedReference)

const total = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0)

export const oneForBoth = wrongLosses.outputs(
  'E-71 read literally: goes on with the gradient of the game',
  ({ saturatingGradient }) => ({ nonSaturatingGradient: saturatingGradient }),
)

export const climbsLosses = wrongLosses.outputs(
  'gives the derivatives of what is climbed',
  (right) => ({
    saturatingGradient: changed(right.saturatingGradient, (v) => -v),
    nonSaturatingGradient: changed(right.nonSaturatingGradient, (v) => -v),
  }),
)

export const sumsGradients = wrongLosses.outputs(
  'adds up over the batch',
  (right, { sizes: { M } }) => ({
    saturatingGradient: changed(right.saturatingGradient, (v) => v * M!),
    nonSaturatingGradient: changed(right.nonSaturatingGradient, (v) => v * M!),
  }),
)

export const swapsSlopes = wrongLosses.outputs(
  'takes the slope of one loss for that of the other',
  (right) => ({
    saturatingSlope: right.nonSaturatingSlope,
    nonSaturatingSlope: right.saturatingSlope,
  }),
)

export const slopesOfProbability = wrongLosses.outputs(
  'differentiates by the probability instead of the logit',
  (_, { inputs: { logits } }) => ({
    saturatingSlope: elementwise(logits, (a) => -1 / sigmoid(number, -a)),
    nonSaturatingSlope: elementwise(logits, (a) => -1 / sigmoid(number, a)),
  }),
)

export const roundsProbability = wrongLosses.outputs(
  'takes logarithms of a probability that has been rounded',
  (_, { inputs: { logits } }) => {
    const D = elementwise(logits, (a) => Math.fround(sigmoid(number, a)))
    return {
      saturating: elementwise(D, (d) => Math.log(1 - d)),
      nonSaturating: elementwise(D, (d) => -Math.log(d)),
    }
  },
)

export const lossesInBits = wrongLosses.outputs('measures in bits', (right) => ({
  saturating: changed(right.saturating, (v) => v / Math.LN2),
  nonSaturating: changed(right.nonSaturating, (v) => v / Math.LN2),
}))

/** What a divergence is of the distributions of generator and data. */
const divergence = (name: string, of: (q: number, p: number) => number) =>
  wrong.answer(name, ({ inputs: { theta, data } }) => {
    const top = Math.max(...theta.data)
    const scores = theta.data.map((v) => Math.exp(v - top))
    const [all, weights] = [total(scores), total(data.data)]
    const terms = scores.map((e, n) => of(e / all, data.at(n) / weights))
    return { divergence: scalar(total(terms)) }
  })

const entropic = (x: number, y: number) => (x === 0 ? 0 : x * Math.log(x / y))
const twiceJsd = (q: number, p: number) => {
  const m = (p + q) / 2
  return entropic(p, m) + entropic(q, m)
}

export const forgetsJsd = divergence('takes KL alone', (q, p) => entropic(q, p))
export const addsJsd = divergence(
  'adds twice JSD instead of taking it off',
  (q, p) => entropic(q, p) + twiceJsd(q, p),
)
export const takesOneJsd = divergence(
  'takes JSD off once',
  (q, p) => entropic(q, p) - twiceJsd(q, p) / 2,
)
export const turnsKl = divergence(
  'takes KL of the data from the generator',
  (q, p) => entropic(p, q) - twiceJsd(q, p),
)
export const ofTheGame = divergence('takes twice JSD, as of the game', twiceJsd)

export const turnsSign = wrong.outputs('takes KL off twice JSD', (right) => ({
  divergence: changed(right.divergence, (v) => -v),
}))

export const divergenceInBits = wrong.outputs('measures in bits', (right) => ({
  divergence: changed(right.divergence, (v) => v / Math.LN2),
}))

/** The gradient through a softmax, of slopes by probabilities that are wrong. */
const slopes = (theta: Numbers, dq: (n: number, q: number) => number) => {
  const top = Math.max(...theta.data)
  const scores = theta.data.map((v) => Math.exp(v - top))
  const q = scores.map((e) => e / total(scores))
  const by = q.map((share, n) => dq(n, share))
  const middle = total(q.map((share, n) => share * by[n]!))
  return build(theta.shape, (n) => q[n]! * (by[n]! - middle))
}

export const gradientOfKl = wrongGradient.answer(
  'forgets the gradient of JSD',
  ({ inputs: { theta, data, dDivergence } }) => {
    const all = total(data.data)
    return {
      dTheta: slopes(theta, (n, q) => dDivergence.at() * Math.log((q * all) / data.at(n))),
    }
  },
)

export const gradientOfGame = wrongGradient.outputs('has the other sign', ({ dTheta }) => ({
  dTheta: changed(dTheta, (v) => -v),
}))

export const gradientForgetsUpstream = wrongGradient.inputs(
  'takes 1 for the derivative of what comes after',
  ({ dDivergence }) => ({ dDivergence: changed(dDivergence, () => 1) }),
)

export const fixedWithoutSoftmax = wrongFixed.outputs(
  'does not take the mean off',
  ({ gradient, loss }, { inputs: { theta } }) => {
    const top = Math.max(...theta.data)
    const scores = theta.data.map((v) => Math.exp(v - top))
    return {
      gradient: changed(gradient, (v, n) => v + (scores[n]! / total(scores)) * loss.at()),
    }
  },
)

export const movesDiscriminator = wrongFixed.answer(
  'differentiates the discriminator as well',
  ({ inputs: { theta, data }, right, inputs, parameters }) => {
    const all = total(data.data)
    // d/dq of q ln((p + q) / p)
    const dq = (n: number, q: number) => {
      const p = data.at(n) / all
      return Math.log((p + q) / p) + q / (p + q)
    }
    return { ...right(inputs, parameters), gradient: slopes(theta, dq) }
  },
)

export const takesSaturating = wrongFixed.answer(
  'takes the saturating loss',
  ({ inputs: { theta, data }, right, inputs, parameters }) => {
    const all = total(data.data)
    const { discriminator } = right(inputs, parameters)
    const gradient = slopes(theta, (n, q) => Math.log(q / (data.at(n) / all + q)))
    return { discriminator, loss: scalar(total(gradient.data)), gradient }
  },
)

export const forgetsToNormalize = wrongFixed.answer(
  'takes weights of data for probabilities',
  ({ inputs: { theta, data }, right, inputs, parameters }) => {
    const { loss } = right(inputs, parameters)
    const top = Math.max(...theta.data)
    const scores = theta.data.map((v) => Math.exp(v - top))
    const all = total(scores)
    return {
      discriminator: build(data.shape, (n) => data.at(n) / (data.at(n) + scores[n]! / all)),
      loss,
      gradient: slopes(theta, (n, q) => Math.log((data.at(n) + q) / data.at(n))),
    }
  },
)
