import { build, elementwise, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import {
  generatorObjectiveGradient as gradientReference,
  generatorObjective as objectiveReference,
  generatorStep as reference,
} from '../../../reference/gan/gen-update.ts'
import {
  climbed,
  type Discriminator,
  discriminated,
  discriminatorGradient,
  type Generator,
  generated,
  generatorGradient,
} from '../../../reference/gan/network.ts'
import { denseInputGradient } from '../../../reference/layers/dense.ts'
import { sigmoid } from '../../../reference/layers/sigmoid.ts'
import {
  generatorObjective,
  generatorObjectiveGradient,
  generatorStep,
} from '../../../spec/gan/gen-update.ts'
import { changed, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

type Numbers = NumberArray<number>

const wrong = faultsOf(generatorStep, reference)
const wrongObjective = faultsOf(generatorObjective, objectiveReference)
const wrongGradient = faultsOf(generatorObjectiveGradient, gradientReference)

const otherLoss = {
  saturating: 'non-saturating',
  'non-saturating': 'saturating',
} as const

export const swapsLosses = wrong.parameters('takes one loss for the other', ({ loss }) => ({
  loss: otherLoss[loss],
}))

export const sumsBatch = wrong.parameters(
  'adds up the gradients of a batch',
  ({ rate }, { sizes: { M } }) => ({ rate: rate * M! }),
)

export const descends = wrong.parameters('descends', ({ rate }) => ({ rate: -rate }))

/** The discriminator, moved by the same objective. */
const moved = (D: Discriminator<number>, G: Generator<number>, noise: Numbers, rate: number) => {
  const { x } = generated(number, G, noise)
  const pass = discriminated(number, D, x)
  const dLogits = elementwise(pass.logits, (a) => sigmoid(number, -a) / x.shape[0]!)
  const g = discriminatorGradient(number, D, x, pass, dLogits)
  return climbed<number, keyof Discriminator<number>>(number, D, g, rate)
}

export const trainsBoth = wrong.outputs(
  'moves the discriminator as well, to accept what is generated',
  (right, { inputs: { noise, ...networks }, parameters: { rate } }) => ({
    ...right,
    ...moved(networks, networks, noise, rate),
  }),
)

export const trainsDiscriminator = wrong.answer(
  'E-54 read literally: climbs by the parameters of the discriminator',
  ({ inputs: { noise, ...networks }, parameters: { rate } }) => ({
    ...networks,
    ...moved(networks, networks, noise, rate),
  }),
)

export const freezesHidden = wrong.outputs(
  'trains the output of the generator alone',
  (_, { inputs: { generatorHidden, generatorHiddenBias } }) => ({
    generatorHidden,
    generatorHiddenBias,
  }),
)

export const firstSample = wrong.inputs(
  'looks at the first sample of the batch alone',
  ({ noise }, { sizes: { M, Z } }) => ({
    noise: build([M!, Z!], (_, j) => noise.at(0, j)),
  }),
)

export const objectiveOfOther = wrongObjective.parameters(
  'takes one loss for the other',
  ({ loss }) => ({ loss: otherLoss[loss] }),
)

export const objectiveSummed = wrongObjective.outputs(
  'adds up over the batch',
  ({ objective }, { sizes: { M } }) => ({ objective: changed(objective, (v) => v * M!) }),
)

export const objectiveOfBits = wrongObjective.outputs(
  'takes logarithms to base 2',
  ({ objective }) => ({
    objective: changed(objective, (v) => v / Math.LN2),
  }),
)

export const objectiveOverflows = wrongObjective.answer(
  'takes the logarithm of a probability that has been rounded',
  ({ inputs: { noise, ...networks }, parameters: { loss } }) => {
    const { logits } = discriminated(number, networks, generated(number, networks, noise).x)
    const D = elementwise(logits, (a) => Math.fround(sigmoid(number, a)))
    const terms = D.data.map((d) => (loss === 'saturating' ? -Math.log(1 - d) : Math.log(d)))
    return { objective: build([], () => terms.reduce((sum, v) => sum + v, 0) / terms.length) }
  },
)

/** A gradient that goes back in a way of its own. */
const back = (
  name: string,
  through: (question: { D: Discriminator<number>; s: Numbers; h: Numbers; dLogits: Numbers }) => {
    dx: Numbers
    h?: Numbers
  },
) =>
  wrongGradient.answer(name, ({ inputs, parameters: { loss } }) => {
    const { noise, dObjective, ...networks } = inputs
    const { h, x } = generated(number, networks, noise)
    const { s, logits } = discriminated(number, networks, x)
    const dLogits = elementwise(
      logits,
      (a) => (sigmoid(number, loss === 'saturating' ? a : -a) * dObjective.at()) / x.shape[0]!,
    )
    const { dx, h: seen = h } = through({ D: networks, s, h, dLogits })
    const g = generatorGradient(number, networks, noise, seen, dx)
    return {
      dGeneratorHidden: g.generatorHidden,
      dGeneratorHiddenBias: g.generatorHiddenBias,
      dGeneratorOutput: g.generatorOutput,
      dGeneratorOutputBias: g.generatorOutputBias,
    }
  })

/** Gradient by samples with slopes of their own for the hidden units of the discriminator. */
const bySamples = (
  D: Discriminator<number>,
  s: Numbers,
  dLogits: Numbers,
  slope: (s: number) => number,
) => {
  const v = D.discriminatorOutput
  const ds = build(s.shape, (m, i) => dLogits.at(m) * v.at(i) * slope(s.at(m, i)))
  return denseInputGradient(number, D.discriminatorHidden, ds)
}

const leaky = (s: number) => (s > 0 ? 1 : 0.2)

export const gradientRectifies = back(
  'has no slope below 0 in the discriminator',
  ({ D, s, dLogits }) => ({ dx: bySamples(D, s, dLogits, (at) => (at > 0 ? 1 : 0)) }),
)

export const gradientWithoutSlope = back(
  'forgets the slopes of the discriminator',
  ({ D, s, dLogits }) => ({ dx: bySamples(D, s, dLogits, () => 1) }),
)

export const gradientSlopeAtZero = back(
  'has the slope 1 at 0 in the discriminator',
  ({ D, s, dLogits }) => ({ dx: bySamples(D, s, dLogits, (at) => (at >= 0 ? 1 : 0.2)) }),
)

export const gradientWithoutTanh = back('forgets the slope of tanh', ({ D, s, h, dLogits }) => ({
  dx: bySamples(D, s, dLogits, leaky),
  h: zeros(h.shape),
}))

export const gradientOfMeanSample = back(
  'takes the mean of the gradients by samples for each of them',
  ({ D, s, dLogits }) => {
    const dx = bySamples(D, s, dLogits, leaky)
    const [M] = dx.shape as [number]
    const mean = (j: number) =>
      Array.from({ length: M }, (_, m) => dx.at(m, j)).reduce((sum, v) => sum + v, 0) / M
    return { dx: build(dx.shape, (_, j) => mean(j)) }
  },
)

export const gradientOfOther = wrongGradient.parameters(
  'takes one loss for the other',
  ({ loss }) => ({ loss: otherLoss[loss] }),
)

export const gradientForgetsUpstream = wrongGradient.inputs(
  'takes 1 for the derivative of what comes after',
  ({ dObjective }) => ({ dObjective: changed(dObjective, () => 1) }),
)

export const gradientSums = wrongGradient.inputs(
  'adds up over the batch',
  ({ dObjective }, { sizes: { M } }) => ({ dObjective: changed(dObjective, (v) => v * M!) }),
)

export const gradientOfOutputs = wrongGradient.inputs(
  'takes the output weights of the discriminator for ones, as if it were a sum',
  ({ discriminatorOutput }) => ({
    discriminatorOutput: changed(discriminatorOutput, (v) => Math.sign(v)),
  }),
)
