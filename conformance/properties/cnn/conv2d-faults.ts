import { build } from '../../../reference/arithmetic/array.ts'
import { conv2d as reference } from '../../../reference/cnn/conv2d.ts'
import { conv2d } from '../../../spec/cnn/conv2d.ts'
import { extent, paddingAmounts } from '../../../spec/cnn/window.ts'
import { changed, filled, part, permuted, zeros } from '../../kit/arrays.ts'
import { faultsOf, keepsLast } from '../../kit/faults.ts'
import { turned } from './conv2d-cases.ts'

type Four = [number, number, number, number]

const wrong = faultsOf(conv2d, reference)

export const flipsKernel = wrong.inputs('flips the kernel', ({ filters }) => ({
  filters: turned(filters),
}))

export const forgetsBias = wrong.inputs('forgets the bias', ({ bias }) => ({
  bias: zeros(bias.shape),
}))

export const keepsBias = keepsLast(conv2d, reference, 'bias')

export const swapsStrides = wrong.parameters(
  'swaps the vertical and the horizontal stride',
  ({ strides: [Sh, Sw] }) => ({ strides: [Sw, Sh] }),
)

export const sumsOverImage = wrong.outputs(
  'E-01 read literally: sums over the image, as far as there are pixels and weights repeat',
  ({ y }, { inputs: { x, filters, bias }, sizes: { H, W, K, Hf, Wf, Ho, Wo } }) => {
    if (Hf > 1 || Wf > 1 || Ho !== H || Wo !== W) return { y }
    return {
      y: build(y.shape, (n, i, j, q) => {
        let sum = bias.at(q)
        for (let u = 0; u + i < H; u++)
          for (let v = 0; v + j < W; v++)
            for (let k = 0; k < K; k++) sum += x.at(n, u + i, v + j, k) * filters.at(0, 0, k, q)
        return sum
      }),
    }
  },
)

export const skipsFirstChannel = wrong.inputs(
  'E-03 read literally: counts channels from 1',
  ({ x }) => ({ x: build(x.shape, (n, i, j, k) => (k === 0 ? 0 : x.at(n, i, j, k))) }),
)

export const staysInPlace = wrong.inputs(
  'E-06 read literally: gives a shifted image the response of the image that begins at its first pixel',
  ({ x }, { sizes: { N, H, W, K } }) => {
    const lit = (n: number, i: number, j: number) =>
      Array.from({ length: K }, (_, k) => x.at(n, i, j, k)).some((v) => v !== 0)
    const first = Array.from({ length: N }, (_, n) => {
      for (let i = 0; i < H; i++) for (let j = 0; j < W; j++) if (lit(n, i, j)) return [i, j]
      return [0, 0]
    })
    return {
      x: build(x.shape, (n, i, j, k) => {
        const [down, right] = first[n]
        return i + down < H && j + right < W ? x.at(n, i + down, j + right, k) : 0
      }),
    }
  },
)

export const rectifies = wrong.outputs('applies an activation function unasked', ({ y }) => ({
  y: changed(y, (value) => Math.max(0, value)),
}))

export const pairsRows = wrong.outputs(
  'computes two rows at once and writes the first twice',
  ({ y }) => ({ y: permuted(y, (n, i, j, q) => [n, i - (i % 2), j, q]) }),
)

export const usesFirstBias = wrong.inputs(
  'adds the bias of the first filter to all',
  ({ bias }) => ({ bias: filled(bias.shape, bias.at(0)) }),
)

export const reversesFilters = wrong.outputs(
  'puts the responses of the last filter first',
  ({ y }, { sizes: { Q } }) => ({ y: permuted(y, (n, i, j, q) => [n, i, j, Q - 1 - q]) }),
)

export const biasPerChannel = wrong.inputs(
  'adds the bias once a channel',
  ({ bias }, { sizes: { K } }) => ({ bias: changed(bias, (b) => K * b) }),
)

export const depthwise = wrong.inputs(
  'connects each filter to one channel only',
  ({ filters }, { sizes: { K } }) => ({
    filters: build(filters.shape, (u, v, k, q) => (k === q % K ? filters.at(u, v, k, q) : 0)),
  }),
)

export const reachesBeyond = wrong.outputs(
  'reads one pixel to the right of the window as well',
  ({ y }, { inputs: { x, filters }, parameters, sizes: { H, W, Hf, Wf } }) => {
    const { strides, dilations, padding } = parameters
    const reach = extent(Wf, dilations[1])
    const [top] = paddingAmounts(padding, 0, H, extent(Hf, dilations[0]), strides[0])
    const [left] = paddingAmounts(padding, 1, W, reach, strides[1])
    return {
      y: build(y.shape, (n, i, j, q) => {
        const [a, b] = [strides[0] * i - top, strides[1] * j - left + reach]
        const beyond = a >= 0 && a < H && b >= 0 && b < W
        return y.at(n, i, j, q) + (beyond ? x.at(n, a, b, 0) * filters.at(0, 0, 0, q) : 0)
      }),
    }
  },
)

export const ignoresDilation = wrong.outputs(
  'ignores the dilation',
  ({ y }, { inputs, parameters, right }) => ({
    y: part(right(inputs, { ...parameters, dilations: [1, 1] }).y, y.shape),
  }),
)

export const startsLate = wrong.outputs(
  'keeps the last response of each stride instead of the first',
  ({ y }, { inputs, parameters, right }) => {
    if (parameters.padding === 'same') return { y }
    const [Sh, Sw] = parameters.strides
    const dense = right(inputs, { ...parameters, strides: [1, 1] }).y
    const [, rows, columns] = dense.shape
    return {
      y: build(y.shape, (n, i, j, q) =>
        dense.at(n, Math.min(rows - 1, Sh * i + Sh - 1), Math.min(columns - 1, Sw * j + Sw - 1), q),
      ),
    }
  },
)

export const padsFirst = wrong.parameters(
  'puts the larger half of the padding `same` at the top and left',
  ({ strides, dilations, padding }, { sizes: { H, W, Hf, Wf } }) => {
    if (padding !== 'same') return {}
    const sides = ([0, 1] as const).flatMap((axis) => {
      const reach = extent([Hf, Wf][axis], dilations[axis])
      return [...paddingAmounts('same', axis, [H, W][axis], reach, strides[axis])].reverse()
    })
    return { padding: sides as Four }
  },
)

export const alwaysSame = wrong.parameters('pads until the size is kept, asked or not', () => ({
  padding: 'same',
}))

export const repeatsBorder = wrong.answer(
  'repeats the border of the image instead of adding zeros',
  ({ inputs, parameters, sizes: { N, H, W, K }, right }) => {
    const { padding } = parameters
    if (typeof padding === 'string') return right(inputs, parameters)
    const [top, bottom, left, side] = padding
    const within = (i: number, size: number) => Math.min(size - 1, Math.max(0, i))
    const x = build([N, top + H + bottom, left + W + side, K], (n, i, j, k) =>
      inputs.x.at(n, within(i - top, H), within(j - left, W), k),
    )
    return right({ ...inputs, x }, { ...parameters, padding: 'valid' })
  },
)

export const depthOfImage = wrong.outputs(
  'gives as many channels as the image has',
  ({ y }, { sizes: { N, Ho, Wo, K, Q } }) => ({
    y: build([N, Ho, Wo, K], (n, i, j, k) => y.at(n, i, j, k % Q)),
  }),
)

export const averagesChannels = wrong.inputs(
  'takes the mean over the channels instead of the sum',
  ({ filters }, { sizes: { K } }) => ({ filters: changed(filters, (f) => f / K) }),
)

export const answersAnyDepth = wrong.accepts('repeats channels until the depth fits', ({ x }) => ({
  y: x!,
}))

export const answersLargeKernel = wrong.accepts(
  'answers with an image when the kernel is too large',
  ({ x }) => ({ y: x! }),
)
