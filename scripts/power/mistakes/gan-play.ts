import { build, fromData } from '../../../reference/arithmetic/array.ts'
import { bfloat, doubles, half, inOrder, summing } from '../arithmetics.ts'
import { change, type Numbers, ofCallBefore, reread, times } from '../arrays.ts'
import { lasting, type Mistake, mistake } from '../mistake.ts'

/** The first so many along the second axis. */
const fromFirst = (array: Numbers, count: number) =>
  build(array.shape.with(1, count), (...at) => array.at(...at))
const row = (data: readonly number[]) => fromData([data.length], data)

/** Mistakes of what generators and discriminators get, of their turns, and of what is done with noise. */
export const ganPlayMistakes: readonly Mistake[] = [
  mistake(
    'gan.alternate',
    'range',
    'takes three steps of the discriminator at most',
    (the) => {
      const { samples, noise } = the.inputs
      const { Ascents } = the.sizes
      if (Ascents <= 3) return
      return the.but({
        samples: fromFirst(samples, 3),
        noise: change(fromFirst(noise, 4), (_, t, k, m, j) =>
          noise.at(t, k === 3 ? Ascents : k, m, j),
        ),
      })
    },
    { sizes: { T: 1, Ascents: 5, M: 2 }, parameters: { rate: 0.25 } },
  ),
  mistake(
    'gan.alternate',
    'logic',
    'leaves the generator where it is in the second iteration',
    (the) => {
      const { generatorOutputBias: c, generatorOutput: V } = the.right
      return {
        generatorOutputBias: change(c, (_, t, j) => c.at(t === 1 ? 0 : t, j)),
        generatorOutput: change(V, (_, t, i, j) => V.at(t === 1 ? 0 : t, i, j)),
      }
    },
    { sizes: { T: 2, M: 2 }, parameters: { rate: 0.25 } },
  ),
  mistake(
    'gan.alternate',
    'term',
    'trains the generator with half of the rate',
    (the) => {
      const { generatorOutputBias: c } = the.right
      const before = the.inputs.generatorOutputBias
      return {
        generatorOutputBias: change(c, (v, t, j) => {
          const from = t === 0 ? before.at(j) : c.at(t - 1, j)
          return from + (v - from) / 2
        }),
      }
    },
    { sizes: { T: 1, M: 2 }, parameters: { rate: 0.25 } },
  ),
  mistake('gan.alternate', 'numeric', 'keeps parameters in half precision', (the) => ({
    discriminatorHidden: change(the.right.discriminatorHidden, half),
    generatorOutput: change(the.right.generatorOutput, half),
  })),
  mistake('gan.schedule', 'range', 'keeps the pattern of the first two iterations', (the) => {
    const { iterations, ascents } = the.parameters
    if (iterations < 3) return
    return {
      players: change(the.right.players, (who, step) => (step < 2 * (ascents + 1) ? who : 0)),
    }
  }),
  mistake('gan.schedule', 'logic', 'counts one iteration where there are none', (the) => {
    if (the.parameters.iterations > 0) return
    return { updates: change(the.right.updates, () => 1) }
  }),
  mistake(
    'gan.schedule',
    'term',
    'counts noise of the generator once for all iterations',
    (the) => {
      const { iterations, ascents, batch } = the.parameters
      if (iterations < 2) return
      return { noise: change(the.right.noise, () => (iterations * ascents + 1) * batch) }
    },
  ),
  mistake(
    'gan.generatorLosses',
    'numeric',
    'adds a millionth to probabilities before it takes logarithms',
    (the) => ({
      nonSaturating: change(the.inputs.logits, (a) => -Math.log(1 / (1 + Math.exp(-a)) + 1e-6)),
    }),
    { elements: { logits: () => -20 } },
  ),
  mistake(
    'gan.generatorLosses',
    'size',
    'divides by sixteen where a batch is larger',
    (the) => {
      const { M } = the.sizes
      if (M > 16) return { saturatingGradient: times(the.right.saturatingGradient, M / 16) }
    },
    { sizes: { M: 20 } },
  ),
  mistake(
    'gan.generatorLosses',
    'special',
    'gives the slope −1 at a logit of 0',
    (the) => {
      const slopes = the.right.saturatingSlope
      return { saturatingSlope: change(slopes, (s, m) => (the.inputs.logits.at(m) === 0 ? -1 : s)) }
    },
    { elements: { logits: () => 0 } },
  ),
  mistake('gan.nonSaturatingDivergence', 'numeric', 'takes logarithms in bfloat16', (the) =>
    the.in(doubles({ log: (x) => bfloat(Math.log(x)) })),
  ),
  mistake(
    'gan.nonSaturatingDivergence',
    'size',
    'leaves points from the ninth on out',
    (the) => {
      const { theta, data } = the.inputs
      if (the.sizes.N <= 8) return
      const kept = (array: typeof theta) => array.data.slice(0, 8)
      return the.but({ theta: row(kept(theta)), data: row(kept(data)) })
    },
    { sizes: { N: 11 } },
  ),
  lasting(
    'gan.nonSaturatingDivergence',
    'state',
    'weighs points as the data of the call before',
    () => {
      const before = ofCallBefore()
      return (the) => the.but({ data: before(the.inputs.data) })
    },
  ),
  mistake(
    'gan.nonSaturatingDivergenceGradient',
    'term',
    'takes the share of the first point for all',
    (the) => ({
      dTheta: change(the.right.dTheta, (g, n) => (n === 0 ? g : g + the.right.dTheta.at(0) / 2)),
    }),
    { sizes: { N: 3 } },
  ),
  mistake(
    'gan.nonSaturatingDivergenceGradient',
    'numeric',
    'adds up in half precision',
    (the) => the.in(summing(inOrder(half))),
    { sizes: { N: 4 } },
  ),
  mistake(
    'gan.fixedDiscriminatorGradient',
    'special',
    'keeps the discriminator between a hundredth and 99 of them',
    (the) => ({
      discriminator: change(the.right.discriminator, (d) => Math.min(0.99, Math.max(0.01, d))),
    }),
    { sizes: { N: 3 }, elements: { data: (_, n) => 1000 ** n } },
  ),
  mistake(
    'gan.fixedDiscriminatorGradient',
    'logic',
    'has a discriminator for the classes the other way round',
    (the) => ({ discriminator: change(the.right.discriminator, (d) => 1 - d) }),
    { sizes: { N: 3 }, elements: { data: (_, n) => n + 1 } },
  ),
  mistake(
    'gan.payoffs',
    'numeric',
    'stops logarithms at −100, as a cross-entropy of probabilities does',
    (the) => ({
      discriminator: change(the.right.discriminator, (v) => Math.max(-100, v)),
    }),
    { elements: { discriminatorOutputBias: () => 500 } },
  ),
  mistake('gan.payoffs', 'shape', 'swaps features where there are two', (the) => {
    const { generated } = the.right
    if (the.sizes.X === 2) return { generated: reread(generated, 1, (j) => 1 - j) }
  }),
  mistake(
    'gan.payoffs',
    'size',
    'shows the discriminator eight samples at most',
    (the) => {
      const { realLogits } = the.right
      if (the.sizes.M > 8) return { realLogits: change(realLogits, (_, m) => realLogits.at(m % 8)) }
    },
    { sizes: { M: 10 } },
  ),
  mistake('gan.afterTraining', 'numeric', 'gives features in half precision', (the) => ({
    features: change(the.right.features, half),
  })),
  mistake(
    'gan.afterTraining',
    'size',
    'gives features of four samples at most, and of the first for all others',
    (the) => {
      const { features } = the.right
      if (the.sizes.Shown > 4) return { features: reread(features, 0, (n) => (n < 4 ? n : 0)) }
    },
    { sizes: { Shown: 6 } },
  ),
  lasting('gan.afterTraining', 'state', 'keeps what was shown in the call before', () => {
    const before = ofCallBefore()
    return (the) => the.but({ shown: before(the.inputs.shown) })
  }),
  mistake('gan.interpolate', 'range', 'rounds shares to tenths', (the) =>
    the.but({ shares: change(the.inputs.shares, (share) => Math.round(share * 10) / 10) }),
  ),
  mistake(
    'gan.interpolate',
    'logic',
    'spreads points evenly, wherever they are wanted',
    (the) => {
      const { Points } = the.sizes
      return the.but({
        shares: change(the.inputs.shares, (_, l) => l / Math.max(1, Points - 1)),
      })
    },
    { sizes: { Points: 3 } },
  ),
  mistake('gan.interpolate', 'numeric', 'keeps noise in half precision', (the) => ({
    noise: change(the.right.noise, half),
  })),
  mistake('gan.latentArithmetic', 'numeric', 'adds samples up in half precision', (the) => ({
    sum: change(the.right.sum, half),
  })),
  mistake(
    'gan.latentArithmetic',
    'shape',
    'takes the noise of the first sample away from all',
    (the) => the.but({ b: reread(the.inputs.b, 0, () => 0) }),
    { sizes: { M: 2 } },
  ),
  mistake('gan.latentArithmetic', 'term', 'forgets hidden biases of an affine generator', (the) => {
    if (the.parameters.activation === 'tanh') return
    return the.but({ generatorHiddenBias: times(the.inputs.generatorHiddenBias, 0) })
  }),
]
