import { build } from '../../../reference/arithmetic/array.ts'
import { axisWindows, layWindows } from '../../../reference/layers/window.ts'
import { conv2d } from '../../../spec/cnn/conv2d.ts'
import { half, inOrder, multiplying, summing, toBits } from '../arithmetics.ts'
import {
  change,
  clear,
  type Numbers,
  only,
  remains,
  reread,
  times,
  transposed,
  whole,
} from '../arrays.ts'
import { careless, lasting, type Mistake, mistake, rightly } from '../mistake.ts'

const around = [1, 1, 1, 1] as const

/** Mistakes of the convolution itself. */
export const convolutionMistakes: readonly Mistake[] = [
  mistake(
    'cnn.conv2d',
    'size',
    'from 8 channels on, exchanges the first two of the image',
    (the) => {
      if (the.sizes.K >= 8)
        return the.but({ x: reread(the.inputs.x, 3, (k) => (k < 2 ? 1 - k : k)) })
    },
    { sizes: { K: 8 } },
  ),
  mistake(
    'cnn.conv2d',
    'shape',
    '3 × 3 at stride 2: positions beyond the last four of a plane are those of the position before',
    (the) => {
      const { Hf, Wf, Ho, Wo } = the.sizes
      const { strides } = the.parameters
      if (Hf !== 3 || Wf !== 3 || strides[0] !== 2 || strides[1] !== 2 || !remains(Ho * Wo, 4))
        return
      const { y } = the.right
      const place = (position: number) => [Math.floor(position / Wo), position % Wo] as const
      const from = (position: number) => (position >= whole(Ho * Wo, 4) ? position - 1 : position)
      return { y: change(y, (_, n, i, j, q) => y.at(n, ...place(from(i * Wo + j)), q)) }
    },
    {
      sizes: { Hf: 3, Wf: 3 },
      parameters: { strides: [2, 2], dilations: [1, 1], padding: around },
    },
  ),
  mistake(
    'cnn.conv2d',
    'size',
    'drops the channels that whole tiles of 8 leave over',
    (the) => {
      const { K } = the.sizes
      if (remains(K, 8)) return the.but({ x: clear(the.inputs.x, 3, (k) => k >= whole(K, 8)) })
    },
    { sizes: { K: 9 } },
  ),

  mistake(
    'cnn.conv2d',
    'size',
    'gives zeros where both channel counts fill whole tiles of 32',
    (the) => {
      const { K, Q } = the.sizes
      if (K % 32 === 0 && Q % 32 === 0) return { y: times(the.right.y, 0) }
    },
    { sizes: { K: 32, Q: 32, Hf: 1, Wf: 1 } },
  ),

  mistake(
    'cnn.conv2d',
    'size',
    'from 16 filters on, adds the bias of the filter 16 places before',
    (the) => {
      const { bias } = the.inputs
      return the.but({ bias: change(bias, (b, q) => (q >= 16 ? bias.at(q - 16) : b)) })
    },
    { sizes: { Q: 17 } },
  ),

  mistake(
    'cnn.conv2d',
    'size',
    'leaves the last columns at the bias when the width of the output is odd and above 8',
    (the) => {
      const { Wo } = the.sizes
      const { bias } = the.inputs
      if (Wo > 8 && Wo % 2 === 1)
        return { y: change(the.right.y, (v, _n, _i, j, q) => (j === Wo - 1 ? bias.at(q) : v)) }
    },
    { sizes: { Wf: 1, W: 9 }, parameters: { strides: [1, 1], padding: 'valid' } },
  ),

  mistake(
    'cnn.conv2d',
    'size',
    'works on four images at a time and repeats the fourth for those left over',
    (the) => {
      const { N } = the.sizes
      if (remains(N, 4))
        return { y: reread(the.right.y, 0, (n) => (n >= whole(N, 4) ? whole(N, 4) - 1 : n)) }
    },
    { sizes: { N: 5 } },
  ),

  mistake(
    'cnn.conv2d',
    'shape',
    'a fast path for 3 × 3 at stride 1 and `same` takes the middle row of the kernel twice',
    (the) => {
      const { Hf, Wf } = the.sizes
      const { strides, dilations, padding } = the.parameters
      const fast = Hf === 3 && Wf === 3 && padding === 'same'
      if (fast && [...strides, ...dilations].every((s) => s === 1))
        return the.but({ filters: reread(the.inputs.filters, 0, (u) => (u === 2 ? 1 : u)) })
    },
    {
      sizes: { Hf: 3, Wf: 3 },
      parameters: { strides: [1, 1], dilations: [1, 1], padding: 'same' },
    },
  ),

  mistake(
    'cnn.conv2d',
    'shape',
    'a fast path for 3 × 3 at stride 2 loses the last row of planes of even height',
    (the) => {
      const { Hf, Wf, H } = the.sizes
      const { strides } = the.parameters
      if (Hf === 3 && Wf === 3 && strides[0] === 2 && strides[1] === 2 && H % 2 === 0)
        return the.but({ x: clear(the.inputs.x, 1, (i) => i === H - 1) })
    },
    {
      sizes: { Hf: 3, Wf: 3, H: 6 },
      parameters: { strides: [2, 2], dilations: [1, 1], padding: around },
    },
  ),

  mistake(
    'cnn.conv2d',
    'shape',
    'pads the rows of `same` for the dilation of the columns',
    (the) => {
      const { H, Hf } = the.sizes
      const { strides, dilations, padding } = the.parameters
      if (padding !== 'same') return
      const wanted = axisWindows(H, Hf, strides[0], dilations[1], 'same').before
      const { before } = axisWindows(H, Hf, strides[0], dilations[0], 'same')
      const shifted = change(the.inputs.x, (_, n, i, j, k) => {
        const from = i + before - wanted
        return from >= 0 && from < H ? the.inputs.x.at(n, from, j, k) : 0
      })
      return the.but({ x: shifted })
    },
    { parameters: { padding: 'same', dilations: [1, 3] } },
  ),

  mistake(
    'cnn.conv2d',
    'shape',
    'reads a bank whose channels are as many as its filters with the two exchanged, for 1 × 1 kernels',
    (the) => {
      const { Hf, Wf, K, Q } = the.sizes
      if (Hf * Wf === 1 && K === Q) return the.but({ filters: transposed(the.inputs.filters) })
    },
    { sizes: { Hf: 1, Wf: 1, K: 2, Q: 2 } },
  ),

  mistake(
    'cnn.conv2d',
    'shape',
    'with one input channel and several filters, reads the kernel transposed where it is square',
    (the) => {
      const { filters } = the.inputs
      const { Hf, Wf, K, Q } = the.sizes
      if (K === 1 && Q > 1 && Hf === Wf)
        return the.but({ filters: change(filters, (_, u, v, k, q) => filters.at(v, u, k, q)) })
    },
    { sizes: { Hf: 2, Wf: 2, K: 1, Q: 2 } },
  ),

  mistake(
    'cnn.conv2d',
    'range',
    'knows strides up to 3 and takes larger ones for 3, cut to size',
    (the) => {
      const { strides } = the.parameters
      if (Math.max(...strides) <= 3) return
      const short = the.but({}, { strides: strides.map((s) => Math.min(s, 3)) as never }).y
      return { y: change(the.right.y, (_, ...at) => short.at(...at)) }
    },
    { sizes: { H: 9, W: 9 }, parameters: { strides: [4, 4] } },
  ),

  mistake(
    'cnn.conv2d',
    'range',
    'a dilation above 3 falls back to 1, the places kept',
    (the) => {
      const { x, filters, bias } = the.inputs
      const { strides, dilations, padding } = the.parameters
      if (dilations[1] <= 3) return
      const { N, H, W, K, Q, Hf, Wf, Ho, Wo } = the.sizes
      const { top, left } = layWindows([H, W], [Hf, Wf], strides, dilations, padding)
      const pixel = (n: number, i: number, j: number, k: number) =>
        i >= 0 && i < H && j >= 0 && j < W ? x.at(n, i, j, k) : 0
      return {
        y: build([N, Ho, Wo, Q], (n, i, j, q) => {
          let sum = bias.at(q)
          for (let u = 0; u < Hf; u++)
            for (let v = 0; v < Wf; v++)
              for (let k = 0; k < K; k++) {
                const [row, column] = [
                  strides[0] * i + dilations[0] * u - top,
                  strides[1] * j + v - left,
                ]
                sum += pixel(n, row, column, k) * filters.at(u, v, k, q)
              }
          return sum
        }),
      }
    },
    { sizes: { Wf: 2 }, parameters: { dilations: [1, 4] } },
  ),

  mistake(
    'cnn.conv2d',
    'range',
    'keeps amounts of padding in two bits, the places kept',
    (the) => {
      const { padding } = the.parameters
      if (typeof padding === 'string' || padding[0] <= 3) return
      const lost = padding[0] - (padding[0] % 4)
      const { x } = the.inputs
      const { H } = the.sizes
      return the.but({
        x: change(x, (_, n, i, j, k) => (i + lost < H ? x.at(n, i + lost, j, k) : 0)),
      })
    },
    { sizes: { H: 6 }, parameters: { padding: [5, 0, 0, 0] } },
  ),

  mistake('cnn.conv2d', 'numeric', 'adds up in half precision', (the) =>
    the.in(summing(inOrder(half))),
  ),
  mistake(
    'cnn.conv2d',
    'numeric',
    'cuts its factors to 16 bits, as two bfloat16 numbers hold them',
    (the) => the.in(multiplying(toBits(16))),
  ),
  mistake(
    'cnn.conv2d',
    'numeric',
    'adds a large bias first, in steps of single precision that are too coarse for the rest',
    (the) => {
      const { bias } = the.inputs
      const without = the.but({ bias: times(bias, 0) }).y
      return { y: change(without, (v, _n, _i, _j, q) => Math.fround(v + 2048) - 2048 + bias.at(q)) }
    },
  ),
  mistake(
    'cnn.conv2d',
    'numeric',
    'a 3-row kernel goes through Winograd’s transforms in half precision',
    (the) => {
      if (the.sizes.Hf === 3 && the.sizes.Wf === 3) return the.in(multiplying(half))
    },
    { sizes: { Hf: 3, Wf: 3 } },
  ),

  mistake(
    'cnn.conv2d',
    'special',
    'skips images of nothing but zeros, bias and all',
    (the) => {
      const { x } = the.inputs
      const empty = Array.from({ length: the.sizes.N }, (_, n) =>
        only(x, n).data.every((v) => v === 0),
      )
      return { y: change(the.right.y, (v, n) => (empty[n] ? 0 : v)) }
    },
    { elements: { x: () => 0 } },
  ),
  mistake(
    'cnn.conv2d',
    'special',
    'skips filters whose weights add up to 0',
    (the) => {
      const { filters } = the.inputs
      const { Hf, Wf, K } = the.sizes
      const total = (q: number) => {
        let sum = 0
        for (let u = 0; u < Hf; u++)
          for (let v = 0; v < Wf; v++) for (let k = 0; k < K; k++) sum += filters.at(u, v, k, q)
        return sum
      }
      return {
        y: change(the.right.y, (v, _n, _i, _j, q) => (total(q) === 0 ? the.inputs.bias.at(q) : v)),
      }
    },
    { sizes: { K: 2 }, elements: { filters: (_, at) => (at % 4 < 2 ? 1 : -1) } },
  ),

  lasting(
    'cnn.conv2d',
    'state',
    'keeps transformed filters by their shape and uses those of the first bank of it',
    () => {
      const banks = new Map<string, Numbers>()
      return (the) => {
        const { filters } = the.inputs
        const key = filters.shape.join()
        const first = banks.get(key) ?? filters
        banks.set(key, first)
        return the.but({ filters: first })
      }
    },
  ),

  lasting('cnn.conv2d', 'state', 'from the 200th call on, the last filter has no bias', () => {
    let calls = 0
    return (the) => {
      const last = the.sizes.Q - 1
      if (++calls >= 200) return the.but({ bias: clear(the.inputs.bias, 0, (q) => q === last) })
    }
  }),

  careless('cnn.conv2d', 'state', 'gives every answer of one length in the same buffer', () => {
    const right = rightly(conv2d)
    const buffers = new Map<number, Float32Array>()
    return async (inputs, parameters) => {
      const { y } = await right(inputs, parameters)
      const buffer = buffers.get(y.data.length) ?? new Float32Array(y.data.length)
      buffers.set(y.data.length, buffer)
      buffer.set(y.data)
      return { y: { ...y, data: buffer } }
    }
  }),

  careless(
    'cnn.conv2d',
    'state',
    'pads in place: the border of the given image is 0 afterwards',
    () => {
      const right = rightly(conv2d)
      return async (inputs, parameters) => {
        const answer = await right(inputs, parameters)
        if (parameters.padding !== 'valid') inputs.x.data[0] = 0
        return answer
      }
    },
  ),

  mistake('cnn.conv2d', 'term', 'adds the bias to the first image of a batch only', (the) => {
    const { bias } = the.inputs
    return { y: change(the.right.y, (v, n, _i, _j, q) => (n === 0 ? v : v - bias.at(q))) }
  }),
  mistake(
    'cnn.conv2d',
    'term',
    'leaves the last weight of each filter out when the kernel has an even number of places',
    (the) => {
      const { Hf, Wf, K } = the.sizes
      if ((Hf * Wf) % 2 === 0)
        return the.but({
          filters: change(the.inputs.filters, (w, u, v, k) =>
            u === Hf - 1 && v === Wf - 1 && k === K - 1 ? 0 : w,
          ),
        })
    },
  ),
  careless(
    'cnn.conv2d',
    'shape',
    'gives as many channels as filters, rounded up to a multiple of 4',
    () => {
      const right = rightly(conv2d)
      return async (inputs, parameters) => {
        const { y } = await right(inputs, parameters)
        const [N, Ho, Wo, Q] = y.shape
        const padded = 4 * Math.ceil(Q / 4)
        const data = new Float32Array(N * Ho * Wo * padded)
        y.data.forEach((v, at) => {
          data[Math.floor(at / Q) * padded + (at % Q)] = v
        })
        return { y: { dtype: 'float32', shape: [N, Ho, Wo, padded], data } }
      }
    },
  ),
]
