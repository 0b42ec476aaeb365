import { cutToBits, half, inOrder, multiplying, summing, toBits } from '../arithmetics.ts'
import { change, clear, ofCallBefore, remains, reread, times, whole } from '../arrays.ts'
import { lasting, type Mistake, mistake } from '../mistake.ts'

/** Mistakes of dense layers, and of dropout after them. */
export const denseMistakes: readonly Mistake[] = [
  mistake(
    'cnn.flatten',
    'size',
    'copies at most 128 numbers of an image',
    (the) => ({
      y: clear(the.right.y, 1, (d) => d >= 128),
    }),
    // 129 numbers of an image.
    { sizes: { H: 6, W: 5, K: 5 }, fewest: 129 },
  ),
  mistake(
    'cnn.flatten',
    'shape',
    'of one channel and a square image, writes columns first',
    (the) => {
      const { H, W, K } = the.sizes
      const { x } = the.inputs
      if (K === 1 && H === W)
        return { y: change(the.right.y, (_, n, d) => x.at(n, d % W, Math.floor(d / W), 0)) }
    },
    { sizes: { H: 2, W: 2, K: 1 } },
  ),
  mistake('cnn.flattenGradient', 'shape', 'gives images of one row back to front', (the) => {
    const { H, W } = the.sizes
    if (H === 1) return { dx: reread(the.right.dx, 2, (j) => W - 1 - j) }
  }),
  mistake(
    'cnn.flattenGradient',
    'size',
    'the fifth image and later get the gradient of the fourth',
    (the) => ({
      dx: reread(the.right.dx, 0, (n) => Math.min(n, 3)),
    }),
    { sizes: { N: 5 } },
  ),

  mistake(
    'cnn.dense',
    'size',
    'a block of 32 inputs at a time, the rest after whole blocks without weights',
    (the) => {
      const { D } = the.sizes
      if (remains(D, 32))
        return the.but({
          weights: change(the.inputs.weights, (w, d) => (d >= whole(D, 32) ? 1 : w)),
        })
    },
    { sizes: { D: 33 } },
  ),
  mistake(
    'cnn.dense',
    'shape',
    'reads square weights transposed for a single sample',
    (the) => {
      const { N, D, M } = the.sizes
      const { weights } = the.inputs
      if (N === 1 && D === M)
        return the.but({ weights: change(weights, (_, d, m) => weights.at(m, d)) })
    },
    { sizes: { N: 1, D: 2, M: 2 } },
  ),
  mistake('cnn.dense', 'numeric', 'multiplies in TF32', (the) => the.in(multiplying(toBits(11)))),
  mistake(
    'cnn.dense',
    'term',
    'adds no bias to the fourth output and later',
    (the) => the.but({ bias: clear(the.inputs.bias, 0, (m) => m >= 3) }),
    { sizes: { M: 4 } },
  ),

  mistake(
    'cnn.dropout',
    'range',
    'a rate of exactly a half keeps what is kept as it is',
    (the) => {
      const { rate, training } = the.parameters
      if (training && rate === 0.5) return { y: times(the.right.y, 0.5) }
    },
    { parameters: { rate: 0.5, training: true } },
  ),
  mistake(
    'cnn.dropout',
    'range',
    'a rate of 0 is taken for one that was not given, a half',
    (the) => {
      const { rate, training } = the.parameters
      if (training && rate === 0) return the.but({}, { rate: 0.5 })
    },
    { parameters: { rate: 0, training: true } },
  ),
  mistake(
    'cnn.dropout',
    'size',
    'uses the first 64 bits of a mask over and over',
    (the) => {
      const { mask } = the.inputs
      let at = 0
      return the.but({ mask: change(mask, () => mask.data[at++ % 64]) })
    },
    // 65 numbers and as many bits.
    { sizes: { D: 70 }, parameters: { training: true }, fewest: 130 },
  ),
  mistake(
    'cnn.dropout',
    'special',
    'a mask that keeps everything is taken for the end of training, and nothing is scaled',
    (the) => {
      const { x, mask } = the.inputs
      if (mask.data.every((bit) => bit === 1)) return { y: x }
    },
    { parameters: { training: true, rate: 0.5 }, elements: { mask: () => 1 } },
  ),
  mistake(
    'cnn.dropoutGradient',
    'range',
    'rates above a half scale by 2',
    (the) => {
      const { rate } = the.parameters
      if (rate > 0.5) return the.but({}, { rate: 0.5 })
    },
    { parameters: { rate: 0.75, training: true } },
  ),
  lasting(
    'cnn.dropoutGradient',
    'state',
    'uses the mask of the call before when it has the same shape',
    () => {
      const before = ofCallBefore()
      return (the) => the.but({ mask: before(the.inputs.mask) })
    },
    { parameters: { training: true } },
  ),
  mistake(
    'cnn.dropoutPlacement',
    'size',
    'from the fifth layer on, treats convolutions as poolings',
    (the) => ({
      follows: change(the.right.follows, (v, l) =>
        l >= 4 && the.parameters.layers[l] === 'convolution' ? 0 : v,
      ),
    }),
    { parameters: { policy: 'hidden' } },
  ),
  mistake(
    'cnn.dropoutPlacement',
    'logic',
    'takes the last dense layer for the output when no output follows',
    (the) => {
      const { layers } = the.parameters
      const last = layers.lastIndexOf('dense')
      if (!layers.includes('output'))
        return { follows: change(the.right.follows, (v, l) => (l === last ? 0 : v)) }
    },
  ),
  mistake(
    'cnn.droppedNetwork',
    'size',
    'the fifth unit and later are never dropped',
    (the) => the.but({ mask: change(the.inputs.mask, (m, _n, u) => (u >= 4 ? 1 : m)) }),
    { sizes: { U: 5 }, parameters: { training: true } },
  ),
  mistake(
    'cnn.droppedNetwork',
    'term',
    'leaves the bias of the convolution out where there are several filters',
    (the) => {
      if (the.sizes.Q > 1) return the.but({ bias: times(the.inputs.bias, 0) })
    },
  ),

  mistake('cnn.droppedNetwork', 'numeric', 'adds up the answers in half precision', (the) =>
    the.in(summing(inOrder(half))),
  ),
  mistake('cnn.dense', 'numeric', 'cuts weights to 20 bits towards 0', (the) =>
    the.but({ weights: change(the.inputs.weights, cutToBits(20)) }),
  ),
]
