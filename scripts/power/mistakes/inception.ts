import { build } from '../../../reference/arithmetic/array.ts'
import { doubles, half, inOrder, summing } from '../arithmetics.ts'
import { change, clear, times, transposed } from '../arrays.ts'
import { lasting, type Mistake, mistake } from '../mistake.ts'

/** Mistakes of auxiliary classifiers and of heads. */
export const inceptionMistakes: readonly Mistake[] = [
  mistake(
    'inception.totalLoss',
    'size',
    'adds at most two auxiliary losses',
    (the) => the.but({ auxiliary: clear(the.inputs.auxiliary, 0, (a) => a >= 2) }),
    { sizes: { A: 3 } },
  ),
  mistake(
    'inception.totalLoss',
    'range',
    'a weight of 0 counts as not given, 0.3',
    (the) => {
      if (the.parameters.weight === 0) return the.but({}, { weight: 0.3 })
    },
    { sizes: { A: 2 }, parameters: { weight: 0 } },
  ),
  mistake(
    'inception.trainingLoss',
    'term',
    'counts the second sample and later without the trunk above the first stage',
    (the) => {
      const { losses } = the.right
      if (the.sizes.N > 1) return { losses: change(losses, (v, s) => (s === 2 ? losses.at(1) : v)) }
    },
    { sizes: { N: 2 } },
  ),
  mistake(
    'inception.trainingLoss',
    'numeric',
    'takes 1 − x² / 3 off for tanh, a series that is good near 0',
    (the) => {
      if (the.parameters.activation === 'tanh')
        return the.in(doubles({ tanh: (x) => (Math.abs(x) < 1 ? x - x ** 3 / 3 : Math.tanh(x)) }))
    },
    { parameters: { activation: 'tanh' } },
  ),
  mistake(
    'inception.trainingGradient',
    'term',
    'overwrites the gradient of the trunk where the head joins, for several outputs',
    (the) => {
      const { Q } = the.sizes
      if (Q > 1)
        return {
          dTrunk: the.but({
            heads: change(the.inputs.heads, (v, s, _d, q) => (s < 2 && q > 0 ? 0 : v)),
          }).dTrunk,
        }
    },
    { sizes: { Q: 2 }, parameters: { weight: 0.5 } },
  ),
  mistake(
    'inception.trainingGradient',
    'range',
    'a weight of 0 sends back as much as 0.3',
    (the) => {
      if (the.parameters.weight === 0) return { dx: the.but({}, { weight: 0.3 }).dx }
    },
    { parameters: { weight: 0 } },
  ),
  mistake(
    'inception.inference',
    'size',
    'more than three units: the fourth and later do not reach the answer',
    (the) => the.but({ heads: clear(the.inputs.heads, 1, (d) => d >= 3) }),
    { sizes: { D: 4 } },
  ),
  lasting(
    'inception.inference',
    'state',
    'keeps the main classifier of the first call with heads of that shape',
    () => {
      const kept = new Map<string, ReturnType<typeof transposed>>()
      return (the) => {
        const { heads } = the.inputs
        const first = kept.get(heads.shape.join()) ?? heads
        kept.set(heads.shape.join(), first)
        return the.but({ heads: first })
      }
    },
  ),
  mistake(
    'inception.headCounts',
    'range',
    'counts in 24 bits, as single precision does',
    (the) => ({
      parameters: change(the.right.parameters, (v) => v % 2 ** 24),
    }),
    { parameters: { rows: 7, columns: 7, channels: 1024, classes: 1000 } },
  ),
  mistake(
    'inception.headCounts',
    'shape',
    'a single class needs no bias',
    (the) => {
      if (the.parameters.classes === 1)
        return { parameters: change(the.right.parameters, (v) => v - 1) }
    },
    { parameters: { classes: 1 } },
  ),
  mistake('inception.pooledHead', 'shape', 'divides by the square of the height', (the) => {
    const { H, W } = the.sizes
    return the.but({ x: times(the.inputs.x, W / H) })
  }),
  mistake('inception.pooledHead', 'numeric', 'adds up the pixels in half precision', (the) =>
    the.in(summing(inOrder(half))),
  ),
  mistake(
    'inception.pooledHead',
    'size',
    'from 16 channels on, the last does not count',
    (the) => {
      const { K } = the.sizes
      if (K >= 16) return the.but({ x: clear(the.inputs.x, 3, (k) => k === K - 1) })
    },
    { sizes: { K: 16 } },
  ),
  mistake(
    'inception.pooledHeadGradient',
    'term',
    'the gradient by the bias is that of the first image, times the images',
    (the) => ({
      dBias: build([the.sizes.C], (c) => the.sizes.N * the.inputs.dz.at(0, c)),
    }),
    { sizes: { N: 2 } },
  ),
  mistake(
    'inception.pooledHeadGradient',
    'shape',
    'as many classes as channels: reads the weights transposed',
    (the) => {
      const { K, C } = the.sizes
      if (K === C) return { dx: the.but({ weights: transposed(the.inputs.weights) }).dx }
    },
    { sizes: { K: 2, C: 2 } },
  ),
  mistake(
    'inception.flatHead',
    'shape',
    'square images of one channel: reads the weights with rows and columns exchanged',
    (the) => {
      const { H, W, K } = the.sizes
      const { weights } = the.inputs
      if (H === W && K === 1)
        return the.but({ weights: change(weights, (_, i, j, k, c) => weights.at(j, i, k, c)) })
    },
    { sizes: { H: 2, W: 2, K: 1 } },
  ),
  mistake(
    'inception.flatHead',
    'size',
    'counts the first 64 numbers of an image',
    (the) => {
      const { W, K } = the.sizes
      return the.but({
        x: change(the.inputs.x, (v, _n, i, j, k) => ((i * W + j) * K + k < 64 ? v : 0)),
      })
    },
    // 65 numbers, each with a weight, and a bias.
    { sizes: { H: 5, W: 5, K: 3 }, fewest: 131 },
  ),
  mistake(
    'inception.alexnet',
    'range',
    'an image of 67 pixels, the smallest one, gives no parameters of the first dense layer',
    (the) => {
      if (the.parameters.side === 67)
        return { parameters: change(the.right.parameters, (v, l) => (l === 5 ? 4096 : v)) }
    },
    { parameters: { side: 67 } },
  ),
  mistake(
    'inception.alexnet',
    'term',
    'with groups, halves the biases of the second layer too',
    (the) => {
      if (the.parameters.groups === 2)
        return { parameters: change(the.right.parameters, (v, l) => (l === 1 ? v - 128 : v)) }
    },
    { parameters: { groups: 2 } },
  ),
]
