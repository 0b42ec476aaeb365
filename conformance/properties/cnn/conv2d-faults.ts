import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { conv2d as reference } from '../../../reference/cnn/conv2d.ts'
import { conv2d } from '../../../spec/cnn/conv2d.ts'
import { extent, paddingAmounts } from '../../../spec/cnn/window.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { turned, zeros } from './conv2d-cases.ts'

type Four = [number, number, number, number]
type Numbers = NumberArray<number>

const wrong = faultsOf(conv2d, reference)

export const flipsKernel = wrong.inputs('flips the kernel', ({ filters }) => ({
  filters: turned(filters),
}))

export const forgetsBias = wrong.inputs('forgets the bias', ({ bias }) => ({
  bias: zeros(bias.shape),
}))

export const swapsStrides = wrong.parameters(
  'swaps the vertical and the horizontal stride',
  ({ strides }) => {
    const [Sh, Sw] = strides
    return { strides: [Sw, Sh] }
  },
)

export const sumsOverImage = wrong.answer(
  'E-01 read literally: sums over the image, as far as there are pixels and weights repeat',
  ({ inputs, parameters, right }) => {
    const { x, filters } = inputs
    const [, H, W] = x.shape as Four
    const [Hf, Wf] = filters.shape as [number, number]
    const { y } = right(inputs, parameters)
    const [, Ho, Wo] = y.shape as Four
    if (Hf > 1 || Wf > 1 || Ho !== H || Wo !== W) return { y }
    return {
      y: build(y.shape, (n, i, j, q) => {
        let sum = inputs.bias.at(q)
        for (let u = 0; u + i < H; u++)
          for (let v = 0; v + j < W; v++)
            for (let k = 0; k < x.shape[3]!; k++)
              sum += x.at(n, u + i, v + j, k) * filters.at(0, 0, k, q)
        return sum
      }),
    }
  },
)

export const skipsFirstChannel = wrong.inputs(
  'E-03 read literally: counts channels from 1',
  ({ x }) => {
    const without = build(x.shape, (n, i, j, k) => (k === 0 ? 0 : x.at(n, i, j, k)))
    return { x: without }
  },
)

export const staysInPlace = wrong.answer(
  'E-06 read literally: gives a shifted image the response of the image that begins at its first pixel',
  ({ inputs, parameters, right }) => {
    const { x } = inputs
    const [N, H, W] = x.shape as Four
    const dark = (n: number, i: number, j: number) =>
      Array.from({ length: x.shape[3]! }, (_, k) => x.at(n, i, j, k)).every((v) => v === 0)
    const first = Array.from({ length: N }, (_, n) => {
      for (let i = 0; i < H; i++) for (let j = 0; j < W; j++) if (!dark(n, i, j)) return [i, j]
      return [0, 0]
    })
    const moved = build(x.shape, (n, i, j, k) => {
      const [down, right] = first[n] as [number, number]
      return i + down < H && j + right < W ? x.at(n, i + down, j + right, k) : 0
    })
    return right({ ...inputs, x: moved }, parameters)
  },
)

export const rectifies = wrong.outputs('applies an activation function unasked', (outputs) => ({
  y: changed(outputs.y, (value) => Math.max(0, value)),
}))

export const pairsRows = wrong.outputs(
  'computes two rows at once and writes the first twice',
  ({ y }) => {
    return { y: build(y.shape, (n, i, j, q) => y.at(n, i - (i % 2), j, q)) }
  },
)

export const usesFirstBias = wrong.inputs(
  'adds the bias of the first filter to all',
  ({ bias }) => ({ bias: changed(bias, () => bias.at(0)) }),
)

export const reversesFilters = wrong.outputs(
  'puts the responses of the last filter first',
  ({ y }) => {
    const Q = y.shape[3]!
    return { y: build(y.shape, (n, i, j, q) => y.at(n, i, j, Q - 1 - q)) }
  },
)

export const biasPerChannel = wrong.inputs('adds the bias once a channel', ({ x, bias }) => {
  const K = x.shape[3]!
  return { bias: changed(bias, (b) => K * b) }
})

/** What a filter sees when each is connected to a single channel. */
function ownChannel(filters: Numbers): Numbers {
  const K = filters.shape[2]!
  return build(filters.shape, (u, v, k, q) => (k === q % K ? filters.at(u, v, k, q) : 0))
}

export const depthwise = wrong.inputs(
  'connects each filter to one channel only',
  ({ filters }) => ({ filters: ownChannel(filters) }),
)

export const reachesBeyond = wrong.outputs(
  'reads one pixel to the right of the window as well',
  ({ y }, { inputs, parameters }) => {
    const { x, filters } = inputs
    const [, H, W] = x.shape as Four
    const [Hf, Wf] = filters.shape as [number, number]
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
  ({ y }, { inputs, parameters, right }) => {
    const dense = right(inputs, { ...parameters, dilations: [1, 1] }).y
    return { y: build(y.shape, (...at) => dense.at(...at)) }
  },
)

export const startsLate = wrong.answer(
  'keeps the last response of each stride instead of the first',
  ({ inputs, parameters, right }) => {
    const [Sh, Sw] = parameters.strides
    const { y } = right(inputs, parameters)
    if (parameters.padding === 'same') return { y }
    const dense = right(inputs, { ...parameters, strides: [1, 1] }).y
    const [, rows, columns] = dense.shape as Four
    return {
      y: build(y.shape, (n, i, j, q) =>
        dense.at(n, Math.min(rows - 1, Sh * i + Sh - 1), Math.min(columns - 1, Sw * j + Sw - 1), q),
      ),
    }
  },
)

export const padsFirst = wrong.answer(
  'puts the larger half of the padding `same` at the top and left',
  ({ inputs, parameters, right }) => {
    if (parameters.padding !== 'same') return right(inputs, parameters)
    const sides = ([0, 1] as const).flatMap((axis) => {
      const reach = extent(inputs.filters.shape[axis]!, parameters.dilations[axis])
      const size = inputs.x.shape[axis + 1]!
      return [...paddingAmounts('same', axis, size, reach, parameters.strides[axis])].reverse()
    })
    return right(inputs, { ...parameters, padding: sides as Four })
  },
)

export const alwaysSame = wrong.parameters('pads until the size is kept, asked or not', () => ({
  padding: 'same',
}))

export const repeatsBorder = wrong.answer(
  'repeats the border of the image instead of adding zeros',
  ({ inputs, parameters, right }) => {
    const { padding } = parameters
    if (typeof padding === 'string') return right(inputs, parameters)
    const { x } = inputs
    const [N, H, W, K] = x.shape as Four
    const [top, bottom, left, side] = padding
    const within = (i: number, size: number) => Math.min(size - 1, Math.max(0, i))
    const surrounded = build([N, top + H + bottom, left + W + side, K], (n, i, j, k) =>
      x.at(n, within(i - top, H), within(j - left, W), k),
    )
    return right({ ...inputs, x: surrounded }, { ...parameters, padding: 'valid' })
  },
)

export const depthOfImage = wrong.outputs(
  'gives as many channels as the image has',
  ({ y }, { inputs }) => {
    const [N, Ho, Wo, Q] = y.shape as Four
    return { y: build([N, Ho, Wo, inputs.x.shape[3]!], (n, i, j, k) => y.at(n, i, j, k % Q)) }
  },
)

export const averagesChannels = wrong.inputs(
  'takes the mean over the channels instead of the sum',
  ({ x, filters }) => {
    const K = x.shape[3]!
    return { filters: changed(filters, (f) => f / K) }
  },
)

const anything = wrong.accepts('', ({ x }) => ({ y: x! }))

export const answersAnyDepth = {
  ...anything,
  id: 'cnn.conv2d: repeats channels until the depth fits',
  name: 'repeats channels until the depth fits',
}

export const answersLargeKernel = {
  ...anything,
  id: 'cnn.conv2d: answers with an image when the kernel is too large',
  name: 'answers with an image when the kernel is too large',
}
