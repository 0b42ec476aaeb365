import { bfloat, inOrder, single, summing } from '../arithmetics.ts'
import { change, clear, type Numbers, only, remains, reread, times, whole } from '../arrays.ts'
import { lasting, type Mistake, mistake } from '../mistake.ts'

/** Mistakes of the gradients of convolutions. */
export const convolutionGradientMistakes: readonly Mistake[] = [
  mistake(
    'cnn.conv2dInputGradient',
    'size',
    'adds what whole tiles of 4 filters leave over without its weight',
    (the) => {
      const { Q } = the.sizes
      if (remains(Q, 4))
        return the.but({
          filters: change(the.inputs.filters, (w, _u, _v, _k, q) => (q >= whole(Q, 4) ? 1 : w)),
        })
    },
    { sizes: { Q: 5 } },
  ),
  mistake(
    'cnn.conv2dInputGradient',
    'size',
    'images of more than 16 columns get no gradient in the last',
    (the) => {
      const { W } = the.sizes
      if (W > 16) return { dx: clear(the.right.dx, 2, (j) => j === W - 1) }
    },
    { sizes: { W: 17 } },
  ),
  mistake(
    'cnn.conv2dInputGradient',
    'shape',
    'with stride and dilation at once, takes the stride for 1 in the rows, cut to size',
    (the) => {
      const { strides, dilations } = the.parameters
      if (strides[0] < 2 || dilations[0] < 2 || the.sizes.Hf < 2) return
      return { dx: reread(the.right.dx, 1, (i) => Math.max(0, i - 1)) }
    },
    { sizes: { Hf: 2 }, parameters: { strides: [2, 1], dilations: [2, 1] } },
  ),
  mistake(
    'cnn.conv2dInputGradient',
    'shape',
    'pixels beyond the last window get the gradient of the first pixel',
    (the) => {
      const { dx } = the.right
      const { W, Wo, Wf } = the.sizes
      const { strides, dilations, padding } = the.parameters
      const last = (Wo - 1) * strides[1] + dilations[1] * (Wf - 1)
      if (padding === 'valid' && last < W - 1)
        return { dx: change(dx, (v, n, i, j, k) => (j > last ? dx.at(n, i, 0, k) : v)) }
    },
    { sizes: { Wf: 1, W: 4 }, parameters: { strides: [1, 3], padding: 'valid' } },
  ),
  lasting(
    'cnn.conv2dInputGradient',
    'state',
    'adds to what the last gradient of the same shape left instead of starting at 0, every third time',
    () => {
      let calls = 0
      return (the) => (++calls % 3 === 0 ? { dx: times(the.right.dx, 2) } : undefined)
    },
  ),
  mistake('cnn.conv2dInputGradient', 'numeric', 'adds up in bfloat16', (the) =>
    the.in(summing(inOrder(bfloat))),
  ),

  mistake(
    'cnn.conv2dFilterGradient',
    'size',
    'batches of more than 8 images: the gradient of the ninth and later is lost',
    (the) => the.but({ dy: clear(the.inputs.dy, 0, (n) => n >= 8) }),
    { sizes: { N: 9 } },
  ),
  mistake(
    'cnn.conv2dFilterGradient',
    'size',
    'from 32 filters on, the 32nd gets the gradient of the first',
    (the) => ({
      dFilters: reread(the.right.dFilters, 3, (q) => (q === 32 ? 0 : q)),
    }),
    { sizes: { Q: 33 } },
  ),
  mistake(
    'cnn.conv2dFilterGradient',
    'shape',
    'a kernel as large as the image gets the gradient of the first image only',
    (the) => {
      const { H, W, Hf, Wf } = the.sizes
      if (H === Hf && W === Wf)
        return the.but({ x: only(the.inputs.x, 0), dy: only(the.inputs.dy, 0) })
    },
    { sizes: { N: 2, Hf: 2, Wf: 2, H: 2, W: 2 } },
  ),
  mistake(
    'cnn.conv2dFilterGradient',
    'shape',
    'pads one pixel more on the left where the stride of the columns is even and the kernel too',
    (the) => {
      const { Wf, W } = the.sizes
      const { x } = the.inputs
      const { strides, padding } = the.parameters
      if (padding !== 'same' || Wf % 2 || strides[1] % 2) return
      return the.but({ x: change(x, (_, n, i, j, k) => (j + 1 < W ? x.at(n, i, j + 1, k) : 0)) })
    },
    { sizes: { Wf: 2, W: 4 }, parameters: { strides: [1, 2], padding: 'same' } },
  ),
  mistake(
    'cnn.conv2dFilterGradient',
    'numeric',
    'adds up over the batch in single precision from 1024 on, and back',
    (the) => ({
      dFilters: change(the.right.dFilters, (v) => single(v + 1024) - 1024),
    }),
  ),
  mistake(
    'cnn.conv2dFilterGradient',
    'term',
    'leaves the last row of windows out where there are several',
    (the) => {
      const { Ho } = the.sizes
      if (Ho > 3) return the.but({ dy: clear(the.inputs.dy, 1, (i) => i === Ho - 1) })
    },
  ),

  mistake(
    'cnn.conv2dBiasGradient',
    'size',
    'adds up the first 64 positions of an image',
    (the) => {
      const { Wo } = the.sizes
      return the.but({ dy: change(the.inputs.dy, (v, _n, i, j) => (i * Wo + j < 64 ? v : 0)) })
    },
    { sizes: { Ho: 5, Wo: 13 } },
  ),
  mistake(
    'cnn.conv2dBiasGradient',
    'numeric',
    'adds up in single precision with the largest first and the rest cut to its digits',
    (the) => {
      const { dy } = the.inputs
      const largest = Math.max(...dy.data.map(Math.abs))
      if (!(largest > 0)) return
      const step = 2 ** (Math.floor(Math.log2(largest)) - 12)
      return the.but({ dy: change(dy, (v) => Math.trunc(v / step) * step) })
    },
  ),
  lasting(
    'cnn.conv2dBiasGradient',
    'state',
    'remembers the gradient of a shape and gives it again when the first number is the same',
    () => {
      const known = new Map<string, Numbers>()
      return (the) => {
        const { dy } = the.inputs
        const key = `${dy.shape.join()} ${dy.data[0]}`
        const dBias = known.get(key) ?? the.right.dBias
        known.set(key, dBias)
        return { dBias }
      }
    },
    { elements: { dy: (v, at) => (at === 0 ? 1 : v) } },
  ),

  mistake(
    'cnn.locallyConnectedGradient',
    'term',
    'the gradient by the weights of the last position misses the last image',
    (the) => {
      const { N, Ho, Wo } = the.sizes
      const { dFilters } = the.right
      const lost = the.but({
        x: only(the.inputs.x, N - 1),
        dy: only(the.inputs.dy, N - 1),
      }).dFilters
      const last = (i: number, j: number) => i === Ho - 1 && j === Wo - 1
      if (N > 1)
        return {
          dFilters: change(dFilters, (v, i, j, ...rest) =>
            last(i, j) ? v - lost.at(i, j, ...rest) : v,
          ),
        }
    },
  ),
  mistake(
    'cnn.locallyConnectedGradient',
    'shape',
    'takes dilated places for plain ones in the gradient by the image, where only the columns are dilated',
    (the) => {
      const { dilations } = the.parameters
      if (dilations[0] === 1 && dilations[1] > 1 && the.sizes.Wf > 1)
        return { dx: reread(the.right.dx, 2, (j) => Math.max(0, j - 1)) }
    },
  ),
  mistake(
    'cnn.locallyConnectedGradient',
    'size',
    'from 4 filters on, the fourth has no gradient by its bias',
    (the) => ({
      dBias: clear(the.right.dBias, 2, (q) => q >= 4),
    }),
    { sizes: { Q: 5 } },
  ),
]
