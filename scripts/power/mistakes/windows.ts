import { multiplying, toBits } from '../arithmetics.ts'
import { change, clear, mixed, type Numbers, reread } from '../arrays.ts'
import { lasting, type Mistake, mistake } from '../mistake.ts'

/** Mistakes of what is like a convolution, or around one. */
export const windowMistakes: readonly Mistake[] = [
  mistake(
    'cnn.patches',
    'size',
    'columns of more than 32 numbers end in zeros',
    (the) => ({
      patches: clear(the.right.patches, 3, (p) => p >= 32),
    }),
    { sizes: { Hf: 3, Wf: 3, K: 4 } },
  ),
  mistake(
    'cnn.patches',
    'shape',
    'lays the columns of windows at the vertical stride where there is a single row of windows',
    (the) => {
      const { strides } = the.parameters
      const { Ho, Wo, W, Wf } = the.sizes
      if (Ho !== 1 || strides[0] >= strides[1] || Wo < 2 || W < Wf) return
      const dense = the.but({}, { strides: [strides[0], strides[0]] }).patches
      return { patches: change(the.right.patches, (_, ...at) => dense.at(...at)) }
    },
    {
      sizes: { Hf: 2, H: 2 },
      parameters: { padding: 'valid', strides: [1, 2], dilations: [1, 1] },
    },
  ),

  mistake(
    'cnn.locallyConnected',
    'size',
    'from 16 positions on, takes the weights of the position 16 before',
    (the) => {
      const { filters } = the.inputs
      const { Wo } = the.sizes
      return the.but({
        filters: change(filters, (w, i, j, ...rest) => {
          const position = i * Wo + j
          return position < 16
            ? w
            : filters.at(Math.floor((position - 16) / Wo), (position - 16) % Wo, ...rest)
        }),
      })
    },
    {
      sizes: { Hf: 1, Wf: 1, H: 4, W: 5, K: 1, Q: 1 },
      parameters: { strides: [1, 1], padding: 'valid' },
    },
  ),
  mistake(
    'cnn.locallyConnected',
    'shape',
    'on square outputs, exchanges rows and columns of the biases',
    (the) => {
      const { bias } = the.inputs
      const { Ho, Wo } = the.sizes
      if (Ho === Wo) return the.but({ bias: change(bias, (_, i, j, q) => bias.at(j, i, q)) })
    },
    { sizes: { Hf: 1, Wf: 1, H: 3, W: 3 }, parameters: { strides: [1, 1], padding: 'valid' } },
  ),

  mistake(
    'cnn.trueConvolution',
    'size',
    'kernels of more than 9 weights lose the first one',
    (the) => {
      const { Hf, Wf } = the.sizes
      if (Hf * Wf > 9)
        return the.but({ kernel: change(the.inputs.kernel, (w, u, v) => (u + v === 0 ? 0 : w)) })
    },
  ),
  mistake('cnn.trueConvolution', 'shape', 'does not turn kernels of one row round', (the) => {
    const { Hf, Wf } = the.sizes
    if (Hf === 1) return the.but({ kernel: reread(the.inputs.kernel, 1, (v) => Wf - 1 - v) })
  }),

  mistake(
    'cnn.zeroPad',
    'shape',
    'pads square images alike on both axes, by the amounts of the rows, cut to size',
    (the) => {
      const { H, W } = the.sizes
      const [t, b, l, r] = the.parameters.padding
      if (H !== W || l + r !== t + b) return
      return the.but({}, { padding: [t, b, t, b] })
    },
    { sizes: { H: 2, W: 2 }, parameters: { padding: [0, 3, 2, 1] } },
  ),
  lasting(
    'cnn.zeroPad',
    'state',
    'does not clear the border that the padded image before left in a buffer of the same shape',
    () => {
      let before: Numbers | undefined
      return (the) => {
        const [t, , l] = the.parameters.padding
        const { H, W } = the.sizes
        const { y } = the.right
        const inside = (_n: number, i: number, j: number) =>
          i >= t && i < t + H && j >= l && j < l + W
        const stale = before?.shape.join() === y.shape.join() ? mixed(before, y, inside) : y
        before = stale
        return { y: stale }
      }
    },
    { sizes: { N: 1, H: 2, W: 2, K: 1 } },
  ),
  mistake(
    'cnn.zeroPadGradient',
    'size',
    'from 8 rows on, cuts one row less off at the top',
    (the) => {
      const { Hp, H } = the.sizes
      const [t, b, l, r] = the.parameters.padding
      if (Hp >= 8 && t > 0 && H > 0) return the.but({}, { padding: [t - 1, b + 1, l, r] })
    },
    { sizes: { H: 5 }, parameters: { padding: [2, 1, 0, 0] } },
  ),
  mistake(
    'cnn.zeroPadGradient',
    'special',
    'takes a gradient that is the same everywhere for none, which means ones',
    (the) => {
      const { dy } = the.inputs
      if (dy.data.every((v) => v === dy.data[0])) return { dx: change(the.right.dx, () => 1) }
    },
    { elements: { dy: () => 3 } },
  ),
  mistake(
    'cnn.composeConvolutions',
    'range',
    'knows strides up to 3 when it spreads the second kernel',
    (the) => {
      const { strides1 } = the.parameters
      if (strides1[0] <= 3 || the.sizes.U2 === 1) return
      const { filters } = the.right
      return { filters: reread(filters, 0, (u) => Math.max(0, u - 1)) }
    },
    { sizes: { U2: 2 }, parameters: { strides1: [4, 1] } },
  ),
  mistake(
    'cnn.composeConvolutions',
    'size',
    'adds up over the first four maps between the layers',
    (the) => the.but({ filters2: clear(the.inputs.filters2, 2, (m) => m >= 4) }),
    { sizes: { M: 5 } },
  ),

  mistake(
    'cnn.convolutionStack',
    'numeric',
    'keeps the features between the layers in half precision',
    (the) => {
      if (the.parameters.activation !== 'linear') return the.in(multiplying(toBits(11)))
    },
  ),
  mistake(
    'cnn.convolutionStack',
    'range',
    'takes a second padding above 1 for 1, with zeros where answers are missing',
    (the) => {
      const { padding2 } = the.parameters
      if (padding2 < 2) return
      const { y } = the.right
      const [Ho, Wo] = [y.shape[1], y.shape[2]]
      return {
        y: change(y, (v, _n, i, j) => (i === 0 || j === 0 || i === Ho - 1 || j === Wo - 1 ? 0 : v)),
      }
    },
  ),
]
