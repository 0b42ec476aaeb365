import { build } from '../../../reference/arithmetic/array.ts'
import { conv2d as reference } from '../../../reference/cnn/conv2d.ts'
import { conv2d, forward } from '../../../spec/cnn/conv2d.ts'
import { fault, mapArray } from '../../engine/fault.ts'
import { agreement, counterexample, properties } from '../../engine/property.ts'
import { tensor } from '../tensor.ts'

const flipsKernel = fault(
  conv2d,
  reference,
  'flips the kernel',
  ({ inputs, parameters, right }) => {
    const { filters } = inputs
    const [Hf, Wf] = filters.shape as [number, number]
    const flipped = build(filters.shape, (u, v, k, q) => filters.at(Hf - 1 - u, Wf - 1 - v, k, q))
    return right({ ...inputs, filters: flipped }, parameters)
  },
)

const forgetsBias = fault(conv2d, reference, 'forgets the bias', ({ inputs, parameters, right }) =>
  right({ ...inputs, bias: mapArray(inputs.bias, () => 0) }, parameters),
)

const swapsStrides = fault(
  conv2d,
  reference,
  'swaps the vertical and the horizontal stride',
  ({ inputs, parameters, right }) => {
    const [Sh, Sw] = parameters.strides
    return right(inputs, { ...parameters, strides: [Sw, Sh] })
  },
)

const sumsOverImage = fault(
  conv2d,
  reference,
  'E-01 read literally: sums over the image, as far as there are pixels and weights repeat',
  ({ inputs, parameters, right }) => {
    const { x, filters } = inputs
    const [, H, W] = x.shape as [number, number, number]
    const [Hf, Wf] = filters.shape as [number, number]
    const { y } = right(inputs, parameters)
    const [, Ho, Wo] = y.shape as [number, number, number]
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

const skipsFirstChannel = fault(
  conv2d,
  reference,
  'E-03 read literally: counts channels from 1',
  ({ inputs, parameters, right }) => {
    const { x } = inputs
    const without = build(x.shape, (n, i, j, k) => (k === 0 ? 0 : x.at(n, i, j, k)))
    return right({ ...inputs, x: without }, parameters)
  },
)

const one = tensor([1, 1, 1, 1], [1])
const point = { strides: [1, 1], dilations: [1, 1], padding: 'valid' } as const

export const conv2dProperties = [
  properties(
    forward,
    agreement(conv2d, 'integers', { kills: [flipsKernel, swapsStrides] }),
    agreement(conv2d, 'reals', { kills: [forgetsBias] }),
    counterexample(
      'E-01',
      conv2d,
      {
        inputs: {
          x: tensor([1, 2, 2, 1], [1, 1, 1, 1]),
          filters: tensor([1, 1, 1, 1], [1]),
          bias: tensor([1], [0]),
        },
        parameters: point,
        notes: [4, 2, 2, 1],
        right: [1, 1, 1, 1],
      },
      {
        title: 'the sums run over the kernel, not over the image',
        kills: [sumsOverImage],
      },
    ),
    counterexample(
      'E-02',
      conv2d,
      {
        inputs: { x: one, filters: one, bias: tensor([1], [1]) },
        parameters: point,
        // y = y + 1 has no solution.
        notes: [Number.NaN],
        right: [2],
      },
      { title: 'the constant term is a bias, not the output itself', kills: [forgetsBias] },
    ),
    counterexample(
      'E-03',
      conv2d,
      {
        inputs: { x: one, filters: one, bias: tensor([1], [0]) },
        parameters: point,
        notes: [0],
        right: [1],
      },
      { title: 'channels count from 0', kills: [skipsFirstChannel] },
    ),
  ),
].flat()
