import {
  build,
  elementwise,
  memberOf,
  type NumberArray,
} from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { discriminatorSteps as reference } from '../../../reference/gan/disc-update.ts'
import {
  climbed,
  type Discriminator,
  discriminated,
  discriminatorGradient,
  discriminatorStep,
  type Generator,
  generated,
  generatorGradient,
  generatorOf,
  sampleGradient,
  statesOfDiscriminator,
} from '../../../reference/gan/network.ts'
import { sigmoid } from '../../../reference/layers/sigmoid.ts'
import { discriminatorSteps } from '../../../spec/gan/disc-update.ts'
import { changed, permuted } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

type Numbers = NumberArray<number>
type Networks = Discriminator<number> & Generator<number>

const wrong = faultsOf(discriminatorSteps, reference)

/** Steps that move the networks in a way of their own. */
const stepping = (
  name: string,
  step: (
    now: Networks,
    batch: { real: Numbers; noise: Numbers; rate: number; first: Networks },
  ) => Partial<Networks>,
) =>
  wrong.answer(name, ({ inputs: { samples, noise, ...first }, parameters: { rate } }) => {
    const states: Networks[] = []
    let now: Networks = first
    for (let t = 0; t < samples.shape[0]!; t++) {
      const batch = { real: memberOf(samples, t), noise: memberOf(noise, t), rate, first }
      now = { ...now, ...step(now, batch) }
      states.push(now)
    }
    return {
      ...statesOfDiscriminator(states),
      ...generatorOf(now),
    }
  })

const ascent = (D: Discriminator<number>, real: Numbers, fake: Numbers, rate: number) =>
  discriminatorStep(number, D, real, fake, rate)
const fakes = (G: Generator<number>, noise: Numbers) => generated(number, G, noise).x

/** A step of gradients of its own by the logits of one batch. */
const along = (
  D: Discriminator<number>,
  x: Numbers,
  rate: number,
  slope: (a: number) => number,
  hidden = (s: Numbers) => s,
) => {
  const { s, e, logits } = discriminated(number, D, x)
  const dLogits = elementwise(logits, (a) => slope(a) / x.shape[0]!)
  const g = discriminatorGradient(number, D, x, { s: hidden(s), e }, dLogits)
  return climbed<number, keyof Discriminator<number>>(number, D, g, rate)
}

export const takesLast = wrong.inputs(
  'E-56 read with one letter: takes the last sample of the batch for all',
  ({ samples, noise }, { sizes: { M } }) => ({
    samples: permuted(samples, (t, _, j) => [t, M! - 1, j]),
    noise: permuted(noise, (t, _, j) => [t, M! - 1, j]),
  }),
)

export const sumsBatch = wrong.parameters(
  'adds up the gradients of a batch',
  ({ rate }, { sizes: { M } }) => ({ rate: rate * M! }),
)

export const halves = wrong.parameters('climbs half of the sum of both means', ({ rate }) => ({
  rate: rate / 2,
}))

export const descends = wrong.parameters('descends', ({ rate }) => ({ rate: -rate }))

export const swapsKinds = stepping(
  'takes real samples for generated ones',
  (now, { real, noise, rate }) => ascent(now, fakes(now, noise), real, rate),
)

export const forgetsGenerated = stepping('looks at real samples alone', (now, { real, rate }) =>
  along(now, real, rate, (a) => sigmoid(number, -a)),
)

export const smooths = stepping(
  'has 0.9 for the target of real samples',
  (now, { real, noise, rate }) => {
    const onReal = along(now, real, rate, (a) => 0.9 - sigmoid(number, a))
    const onFake = along(now, fakes(now, noise), rate, (a) => -sigmoid(number, a))
    const both = (name: keyof Discriminator<number>) =>
      build(
        now[name].shape,
        (...at) => onReal[name].at(...at) + onFake[name].at(...at) - now[name].at(...at),
      )
    return {
      discriminatorHidden: both('discriminatorHidden'),
      discriminatorHiddenBias: both('discriminatorHiddenBias'),
      discriminatorOutput: both('discriminatorOutput'),
      discriminatorOutputBias: both('discriminatorOutputBias'),
    }
  },
)

export const turnByTurn = stepping(
  'steps on real samples first, and then on generated ones',
  (now, { real, noise, rate }) => {
    const once = along(now, real, rate, (a) => sigmoid(number, -a))
    return along(once, fakes(now, noise), rate, (a) => -sigmoid(number, a))
  },
)

export const keepsGradient = stepping(
  'takes every gradient at the discriminator of the first step',
  (now, { real, noise, rate, first }) => {
    const after = ascent(first, real, fakes(now, noise), rate)
    const moved = (name: keyof Discriminator<number>) =>
      build(
        now[name].shape,
        (...at) => now[name].at(...at) + after[name].at(...at) - first[name].at(...at),
      )
    return {
      discriminatorHidden: moved('discriminatorHidden'),
      discriminatorHiddenBias: moved('discriminatorHiddenBias'),
      discriminatorOutput: moved('discriminatorOutput'),
      discriminatorOutputBias: moved('discriminatorOutputBias'),
    }
  },
)

export const repeatsNoise = wrong.inputs('draws noise once for all steps', ({ noise }) => ({
  noise: permuted(noise, (_, m, j) => [0, m, j]),
}))

export const repeatsSamples = wrong.inputs(
  'draws one batch of real samples for all steps',
  ({ samples }) => ({ samples: permuted(samples, (_, m, j) => [0, m, j]) }),
)

export const freezesBias = wrong.outputs(
  'leaves the bias of the logit as it is',
  ({ discriminatorOutputBias }, { inputs }) => ({
    discriminatorOutputBias: changed(discriminatorOutputBias, () =>
      inputs.discriminatorOutputBias.at(),
    ),
  }),
)

/** The generator, moved by the gradient that would reach it. */
const leaking = (now: Networks, noise: Numbers, rate: number) => {
  const { h, x } = generated(number, now, noise)
  const { s, logits } = discriminated(number, now, x)
  const dLogits = elementwise(logits, (a) => -sigmoid(number, a) / x.shape[0]!)
  const dx = sampleGradient(number, now, s, dLogits)
  const g = generatorGradient(number, now, noise, h, dx)
  return climbed<number, keyof Generator<number>>(number, now, g, rate)
}

export const trainsBoth = stepping(
  'lets the gradient reach the generator, which moves as well',
  (now, { real, noise, rate }) => ({
    ...ascent(now, real, fakes(now, noise), rate),
    ...leaking(now, noise, rate),
  }),
)

export const rectifiesGenerator = stepping(
  'rectifies the hidden units of the generator',
  (now, { real, noise, rate }) => {
    const { h } = generated(number, now, noise)
    const V = now.generatorOutput
    const x = build(real.shape, (m, j) =>
      h.data
        .slice(m * V.shape[0]!, (m + 1) * V.shape[0]!)
        .reduce(
          (sum, unit, i) => sum + Math.max(0, unit) * V.at(i, j),
          now.generatorOutputBias.at(j),
        ),
    )
    return ascent(now, real, x, rate)
  },
)

export const decaysByGenerator = stepping(
  'shrinks its weights by those of the generator, as decay of all parameters does',
  (now, { real, noise, rate }) => {
    const after = ascent(now, real, fakes(now, noise), rate)
    const all = now.generatorHidden.data.reduce((sum, w) => sum + w, 0)
    return {
      ...after,
      discriminatorHidden: elementwise(
        after.discriminatorHidden,
        (w) => w * (1 - 0.01 * rate * all),
      ),
    }
  },
)
