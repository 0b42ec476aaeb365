import { fromData } from '../../../reference/arithmetic/array.ts'
import { bfloat, half, inOrder, summing } from '../arithmetics.ts'
import { change, clear, ofCallBefore } from '../arrays.ts'
import { lasting, type Mistake, mistake } from '../mistake.ts'

/** Mistakes of critics whose slopes are held in check. */
export const criticMistakes: readonly Mistake[] = [
  mistake(
    'gan.criticSlopes',
    'size',
    'goes back through the first 16 hidden units alone',
    (the) => ({
      slopes: the.but({
        discriminatorOutput: clear(the.inputs.discriminatorOutput, 0, (i) => i >= 16),
      }).slopes,
    }),
    { sizes: { Hd: 20 } },
  ),
  mistake('gan.criticSlopes', 'numeric', 'adds up in bfloat16', (the) =>
    the.in(summing(inOrder(bfloat))),
  ),
  mistake(
    'gan.criticSlopes',
    'special',
    'takes the slope of a unit at 0 for 1',
    (the) => {
      const { slopes } = the.but({
        discriminatorHiddenBias: change(the.inputs.discriminatorHiddenBias, (b) => b + 2 ** -30),
      })
      return { slopes }
    },
    {
      elements: {
        x: () => 0,
        discriminatorHiddenBias: () => 0,
        discriminatorOutput: () => 1,
        discriminatorHidden: () => 1,
      },
    },
  ),
  mistake(
    'gan.clippedCritic',
    'range',
    'clips at 1/64 where the limit is below',
    (the) => the.but({}, { limit: Math.max(2 ** -6, the.parameters.limit) }),
    { parameters: { limit: 0.01 }, elements: { discriminatorHidden: () => 1 } },
  ),
  mistake(
    'gan.clippedCritic',
    'logic',
    'leaves the bias of the critic unclipped',
    (the) => ({
      discriminatorOutputBias: change(the.right.discriminatorOutputBias, () =>
        the.inputs.discriminatorOutputBias.at(),
      ),
    }),
    { elements: { discriminatorOutputBias: () => 5 }, parameters: { limit: 1 } },
  ),
  mistake('gan.clippedCritic', 'numeric', 'keeps hidden weights in bfloat16', (the) => ({
    discriminatorHidden: change(the.right.discriminatorHidden, bfloat),
  })),
  lasting('gan.clippedCritic', 'state', 'begins with the hidden weights of the call before', () => {
    const before = ofCallBefore()
    return (the) => the.but({ discriminatorHidden: before(the.inputs.discriminatorHidden) })
  }),
  mistake(
    'gan.slopeBound',
    'range',
    'counts at most 512 units of a layer',
    (the) => the.but({}, { widths: the.parameters.widths.map((n) => Math.min(n, 512)) }),
    { parameters: { widths: [784, 128, 1], limit: 1 } },
  ),
  mistake('gan.slopeBound', 'numeric', 'gives the bound in half precision', (the) => ({
    bound: change(the.right.bound, half),
  })),
  mistake(
    'gan.penaltyPoints',
    'range',
    'keeps shares between 0 and 1',
    (the) => the.but({ mix: change(the.inputs.mix, (v) => Math.max(0, Math.min(1, v))) }),
    { elements: { mix: () => 2, real: () => 1, generated: () => 0 } },
  ),
  mistake(
    'gan.penaltyPoints',
    'size',
    'gives generated samples from the 33rd on',
    (the) => the.but({ mix: clear(the.inputs.mix, 0, (m) => m >= 32) }),
    { sizes: { M: 40 } },
  ),
  mistake('gan.penaltyPoints', 'numeric', 'keeps shares in bfloat16', (the) =>
    the.but({ mix: change(the.inputs.mix, bfloat) }),
  ),
  mistake(
    'gan.gradientPenalty',
    'shape',
    'of samples with one channel takes the mean of squares for their sum',
    (the) => {
      const { H, W, K } = the.sizes
      if (K !== 1 || H * W === 1) return undefined
      return the.but({ slopes: change(the.inputs.slopes, (v) => v / Math.sqrt(H * W)) })
    },
    { sizes: { K: 1, H: 2 } },
  ),
  mistake('gan.gradientPenalty', 'numeric', 'adds up squares in half precision', (the) =>
    the.in(summing(inOrder(half))),
  ),
  mistake(
    'gan.gradientPenalty',
    'special',
    'gives no penalty for a slope of 0',
    (the) => {
      const { M } = the.sizes
      const { slopes } = the.inputs
      const size = slopes.data.length / M
      const unit = fromData(
        slopes.shape,
        slopes.data.map((v, at) => {
          const first = at - (at % size)
          const none = slopes.data.slice(first, first + size).every((g) => g === 0)
          return none && at === first ? 1 : v
        }),
      )
      return the.but({ slopes: unit })
    },
    { elements: { slopes: () => 0 }, parameters: { weight: 1 } },
  ),
  mistake(
    'gan.gradientPenaltyGradient',
    'shape',
    'of square samples gives rows for columns',
    (the) => {
      if (the.sizes.H !== the.sizes.W || the.sizes.H === 1) return undefined
      const { dSlopes } = the.right
      return { dSlopes: change(dSlopes, (_, m, h, w, k) => dSlopes.at(m, w, h, k)) }
    },
    { sizes: { H: 2, W: 2 } },
  ),
  mistake('gan.gradientPenaltyGradient', 'numeric', 'keeps norms in bfloat16', (the) => ({
    dSlopes: change(the.right.dSlopes, (v) => bfloat(v)),
  })),
  mistake(
    'gan.penalizedCritic',
    'size',
    'looks at the slopes of the first eight samples alone',
    (the) => {
      const { M } = the.sizes
      if (M <= 8) return undefined
      const first = the.but({ mix: change(the.inputs.mix, (v, _, m) => (m < 8 ? v : 0)) })
      return { discriminatorHidden: first.discriminatorHidden }
    },
    { sizes: { M: 10, X: 2 }, parameters: { rate: 0.25, weight: 1 } },
  ),
  mistake(
    'gan.penalizedCritic',
    'range',
    'takes weights above 8 for 8',
    (the) => the.but({}, { weight: Math.min(8, the.parameters.weight) }),
    { parameters: { weight: 10, rate: 0.125 } },
  ),
  mistake(
    'gan.penalizedCritic',
    'term',
    'takes what goes back to the output weights without the slope of units below 0',
    (the) => {
      const none = the.but({}, { weight: 0 })
      const part = change(the.right.discriminatorOutput, (v, t, i) => {
        const by = v - none.discriminatorOutput.at(t, i)
        return none.discriminatorOutput.at(t, i) + 0.9 * by
      })
      return { discriminatorOutput: part }
    },
    { parameters: { weight: 1, rate: 0.25 } },
  ),
  mistake('gan.penalizedCritic', 'numeric', 'keeps output weights in bfloat16', (the) => ({
    discriminatorOutput: change(the.right.discriminatorOutput, bfloat),
  })),
]
