import { number } from '../../../reference/arithmetic/number.ts'
import { doubles, half, inOrder, summing } from '../arithmetics.ts'
import { change, ofCallBefore, remains, whole } from '../arrays.ts'
import { lasting, type Mistake, mistake } from '../mistake.ts'

/** Mistakes of generators and discriminators, and of the steps that train them. */
export const ganStepMistakes: readonly Mistake[] = [
  mistake(
    'gan.generate',
    'size',
    'leaves noise behind the last whole eight units out',
    (the) => {
      const { Z } = the.sizes
      if (!remains(Z, 8)) return
      return the.but({ noise: change(the.inputs.noise, (v, _, j) => (j < whole(Z, 8) ? v : 0)) })
    },
    { sizes: { M: 2, Z: 11, Hg: 3, X: 2 } },
  ),
  mistake(
    'gan.generate',
    'shape',
    'reads the weights of the output by columns where they are square',
    (the) => {
      const V = the.inputs.generatorOutput
      if (the.sizes.Hg !== the.sizes.X) return
      return the.but({ generatorOutput: change(V, (_, i, j) => V.at(j, i)) })
    },
    { sizes: { Hg: 3, X: 3 } },
  ),
  mistake('gan.generate', 'numeric', 'adds up in half precision', (the) =>
    the.in(summing(inOrder(half))),
  ),
  mistake('gan.generate', 'range', 'clips samples to ±1, as images are', (the) => ({
    x: change(the.right.x, (v) => Math.max(-1, Math.min(1, v))),
  })),
  lasting('gan.generate', 'state', 'gives samples of the noise of the call before', () => {
    const before = ofCallBefore()
    return (the) => the.but({ noise: before(the.inputs.noise) })
  }),
  mistake(
    'gan.discriminatorSteps',
    'size',
    'leaves samples of a batch from the ninth on out',
    (the) => {
      const { samples, noise } = the.inputs
      if (the.sizes.M <= 8) return
      return the.but({
        samples: change(samples, (_, t, m, j) => samples.at(t, m % 8, j)),
        noise: change(noise, (_, t, m, j) => noise.at(t, m % 8, j)),
      })
    },
    { sizes: { T: 1, M: 11 }, parameters: { rate: 0.25 } },
  ),
  mistake(
    'gan.discriminatorSteps',
    'range',
    'keeps the discriminator of the second step from then on',
    (the) => {
      const { discriminatorHidden: W, discriminatorOutput: v } = the.right
      return {
        discriminatorHidden: change(W, (_, t, j, i) => W.at(Math.min(t, 1), j, i)),
        discriminatorOutput: change(v, (_, t, i) => v.at(Math.min(t, 1), i)),
      }
    },
    { sizes: { T: 3, M: 2 }, parameters: { rate: 0.25 } },
  ),
  mistake(
    'gan.discriminatorSteps',
    'numeric',
    'keeps probabilities away from 0 and 1 by a hundredth',
    (the) =>
      the.in({
        ...number,
        divide: (x, y) => {
          const isProbability = x > 0 && y >= 1 && y <= 2 && x <= 1
          return isProbability ? Math.min(0.99, Math.max(0.01, x / y)) : x / y
        },
      }),
    { parameters: { rate: 0.25 }, elements: { samples: (x) => 8 * x } },
  ),
  mistake(
    'gan.discriminatorSteps',
    'logic',
    'draws noise for the first two steps only',
    (the) => {
      const { noise } = the.inputs
      return the.but({ noise: change(noise, (_, t, m, j) => noise.at(Math.min(t, 1), m, j)) })
    },
    { sizes: { T: 3, M: 2 }, parameters: { rate: 0.25 } },
  ),
  lasting(
    'gan.discriminatorSteps',
    'state',
    'begins with the output weights of the call before',
    () => {
      const before = ofCallBefore()
      return (the) => the.but({ discriminatorOutput: before(the.inputs.discriminatorOutput) })
    },
  ),
  mistake(
    'gan.generatorObjective',
    'range',
    'takes logits beyond ±50 for ±50',
    (the) => ({
      objective: change(the.right.objective, (v) => Math.max(-50, Math.min(50, v))),
    }),
    { elements: { noise: (z) => z, discriminatorOutputBias: () => 300 } },
  ),
  mistake('gan.generatorObjective', 'numeric', 'adds up in half precision', (the) =>
    the.in(summing(inOrder(half))),
  ),
  mistake('gan.generatorObjective', 'logic', 'gives the cost for the objective', (the) => ({
    objective: change(the.right.objective, (v) => -v),
  })),
  mistake(
    'gan.generatorObjectiveGradient',
    'shape',
    'reads the hidden weights of the discriminator by columns where they are square',
    (the) => {
      const W = the.inputs.discriminatorHidden
      if (the.sizes.X !== the.sizes.Hd) return
      return the.but({ discriminatorHidden: change(W, (_, j, i) => W.at(i, j)) })
    },
    { sizes: { M: 2, X: 2, Hd: 2 } },
  ),
  mistake(
    'gan.generatorObjectiveGradient',
    'size',
    'leaves hidden units of the discriminator behind the last whole four out',
    (the) => {
      const { Hd } = the.sizes
      if (!remains(Hd, 4)) return
      const v = the.inputs.discriminatorOutput
      return the.but({ discriminatorOutput: change(v, (w, i) => (i < whole(Hd, 4) ? w : 0)) })
    },
    { sizes: { M: 2, X: 2, Hd: 7 } },
  ),
  mistake(
    'gan.generatorObjectiveGradient',
    'numeric',
    'rounds samples to half precision, as mixed precision does',
    (the) => the.in(doubles({ tanh: (s) => half(Math.tanh(s)) })),
  ),
  mistake(
    'gan.generatorStep',
    'term',
    'leaves the biases of hidden units where they are',
    (the) => ({ generatorHiddenBias: the.inputs.generatorHiddenBias }),
    { sizes: { M: 2 }, parameters: { rate: 0.25 } },
  ),
  mistake(
    'gan.generatorStep',
    'range',
    'clips every move to a hundredth',
    (the) => {
      const { generatorOutputBias: before } = the.inputs
      return {
        generatorOutputBias: change(the.right.generatorOutputBias, (c, j) => {
          const move = c - before.at(j)
          return before.at(j) + Math.max(-0.01, Math.min(0.01, move))
        }),
      }
    },
    { sizes: { M: 2 }, parameters: { rate: 0.25 } },
  ),
  mistake(
    'gan.generatorStep',
    'shape',
    'takes samples of one feature for the logits',
    (the) => {
      if (the.sizes.X !== 1) return
      return the.but({
        discriminatorHidden: change(the.inputs.discriminatorHidden, () => 1),
        discriminatorHiddenBias: change(the.inputs.discriminatorHiddenBias, () => 0),
      })
    },
    { sizes: { M: 2, X: 1 }, parameters: { rate: 0.25 } },
  ),
  lasting(
    'gan.generatorStep',
    'state',
    'is judged by the discriminator of the call before, where it has the same sizes',
    () => {
      const before = ofCallBefore()
      return (the) => the.but({ discriminatorHidden: before(the.inputs.discriminatorHidden) })
    },
    { parameters: { rate: 0.25 } },
  ),
]
