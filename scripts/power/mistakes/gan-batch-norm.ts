import { build } from '../../../reference/arithmetic/array.ts'
import { bfloat, half, inOrder, summing } from '../arithmetics.ts'
import { change, reread } from '../arrays.ts'
import { type Mistake, mistake } from '../mistake.ts'

/** Mistakes of batch normalization, in training and after it. */
export const batchNormMistakes: readonly Mistake[] = [
  mistake('gan.batchNorm', 'numeric', 'adds up in half precision', (the) =>
    the.in(summing(inOrder(half))),
  ),
  mistake('gan.batchNorm', 'range', 'keeps variances above a hundredth', (the) => {
    const least = 0.01 + the.parameters.epsilon
    const factor = the.right.variance.data.map((v) =>
      Math.sqrt((v + the.parameters.epsilon) / Math.max(least, v + the.parameters.epsilon)),
    )
    const { beta } = the.inputs
    return {
      y: change(the.right.y, (y, at) => {
        const k = at % factor.length
        return (y - beta.at(k)) * factor[k]! + beta.at(k)
      }),
    }
  }),
  mistake(
    'gan.batchNorm',
    'shape',
    'takes the scale of the first channel for all',
    (the) => the.but({ gamma: reread(the.inputs.gamma, 0, () => 0) }),
    { sizes: { K: 2 } },
  ),
  mistake(
    'gan.batchNorm',
    'term',
    'counts this batch in full where the mean so far is 0',
    (the) => ({
      runningMean: change(the.right.runningMean, (v, k) =>
        the.inputs.runningMean.at(k) === 0 ? the.right.mean.at(k) : v,
      ),
    }),
  ),
  mistake(
    'gan.batchNorm',
    'size',
    'leaves out images beyond a block of four',
    (the) => {
      const { N } = the.sizes
      if (N > 4) return the.but({ x: reread(the.inputs.x, 0, (n) => (n < 4 ? n : 3)) })
    },
    { sizes: { N: 6 } },
  ),
  mistake('gan.batchNormGradient', 'numeric', 'keeps slopes in bfloat16', (the) => ({
    dx: change(the.right.dx, bfloat),
  })),
  mistake(
    'gan.batchNormGradient',
    'logic',
    'adds slopes of γ up over the first image alone',
    (the) => {
      const { N, H, W, K } = the.sizes
      const dy = build([N, H, W, K], (n, h, w, k) =>
        n === 0 ? the.inputs.dy.at(n, h!, w!, k!) : 0,
      )
      return { dGamma: the.but({ dy }).dGamma }
    },
    { sizes: { N: 2 } },
  ),
  mistake('gan.batchNormInference', 'range', 'keeps variances above a hundredth', (the) =>
    the.but({ variance: change(the.inputs.variance, (v) => Math.max(0.01, v)) }),
  ),
  mistake(
    'gan.batchNormInference',
    'shape',
    'takes the mean of the next channel',
    (the) => {
      const { K } = the.sizes
      return the.but({ mean: reread(the.inputs.mean, 0, (k) => (k + 1) % K) })
    },
    { sizes: { K: 2 } },
  ),
  mistake('gan.batchNormInferenceGradient', 'numeric', 'keeps slopes in half precision', (the) => ({
    dx: change(the.right.dx, half),
  })),
  mistake('gan.batchNormInferenceGradient', 'term', 'forgets ε', (the) =>
    the.but({}, { epsilon: 1e-12 }),
  ),
]
