import { build, fromData } from '../../../reference/arithmetic/array.ts'
import { conv2d } from '../../../spec/cnn/conv2d.ts'
import { outputSize, outputSizeGeneral, outputSizeValid } from '../../../spec/cnn/output-size.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import type { Bench } from '../../engine/property.ts'
import { agreement } from '../../kit/agreement.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { published } from '../../kit/published.ts'
import { rejection } from '../../kit/rejection.ts'
import { plain, small, unpadded, zeros } from './conv2d-cases.ts'
import {
  alwaysSame,
  answersLargeKernel,
  ignoresDilation as layerIgnoresDilation,
  swapsStrides,
} from './conv2d-faults.ts'
import {
  answersAll,
  forgetsFirst,
  ignoresDilation,
  largerHalfFirst,
  paddingOnce,
  roundsSameDown,
  roundsUp,
} from './output-size-faults.ts'

type Four = [number, number, number, number]

const simple = { stride: 1, dilation: 1, padding: 'valid' } as const
const plainly = { strides: [1, 1], dilations: [1, 1], padding: 'valid' } as const

const validProperties = properties(
  outputSizeValid,
  law('shape', {
    of: unpadded,
    asks: [conv2d, outputSize],
    title: 'the response has H − H′ + 1 rows and W − W′ + 1 columns',
    kills: [alwaysSame, forgetsFirst],
    share: 0.5,
    async holds({ answer, exact, inputs, sizes }) {
      const { N, H, W, Hf, Wf, Q } = sizes as Record<'N' | 'H' | 'W' | 'Hf' | 'Wf' | 'Q', number>
      const { y } = await answer(conv2d, inputs, plainly)
      const shape = [N, H - Hf + 1, W - Wf + 1, Q]
      const rows = await answer(outputSize, {}, { ...simple, size: H, kernel: Hf })
      return [
        {
          label: 'images, rows, columns, channels',
          expected: exact(fromData([4], shape)),
          actual: exact(fromData([y.shape.length], y.shape)),
        },
        {
          label: 'positions',
          expected: exact(fromData([], [H - Hf + 1])),
          actual: rows.count,
        },
      ]
    },
  }),
  law('two-layers', {
    of: unpadded,
    asks: [outputSize],
    title: 'two layers take off what their kernels have more than one, together',
    kills: [forgetsFirst],
    share: 0.5,
    async holds({ answer, arithmetic, exact, sizes }) {
      const { Hf, Wf, H } = sizes as Record<'Hf' | 'Wf' | 'H', number>
      const ask = async (size: number, kernel: number) =>
        (await answer(outputSize, {}, { ...simple, size, kernel })).count
      const first = await ask(H + Wf, Hf)
      const second = await ask(arithmetic.toNumber(first.at()), Wf)
      const expected = exact(fromData([], [H + Wf - (Hf - 1) - (Wf - 1)]))
      return [{ label: 'rows behind both', expected, actual: second }]
    },
  }),
  rejection(
    'rejected',
    conv2d,
    invalidities(conv2d).filter(({ name }) => /^axis [HW] one below/.test(name)),
    {
      title: 'a kernel that reaches further than the padded image is rejected, the image named',
      kills: [answersLargeKernel],
    },
  ),
  rejection('count-rejected', outputSize, invalidities(outputSize), {
    title: 'so it is where only positions are counted, as are strides and sizes below 1',
    kills: [answersAll],
    share: 0.3,
  }),
)

/** The layer's rows and columns are what the count says of each axis. */
async function shapesAgree<T>(bench: Bench<T, typeof small>) {
  const { inputs, parameters, sizes } = bench
  const { strides, dilations, padding } = parameters
  const { y } = await bench.answer(conv2d, inputs, parameters)
  const ask = async (axis: 0 | 1) => {
    const amounts =
      typeof padding === 'string'
        ? padding
        : ([padding[2 * axis]!, padding[2 * axis + 1]!] as const)
    const { count } = await bench.answer(
      outputSize,
      {},
      {
        size: [sizes.H!, sizes.W!][axis]!,
        kernel: [sizes.Hf!, sizes.Wf!][axis]!,
        stride: strides[axis],
        dilation: dilations[axis],
        padding: amounts,
      },
    )
    return count.at()
  }
  const counts = [await ask(0), await ask(1)]
  return [
    {
      label: 'rows and columns',
      expected: bench.exact(fromData([2], y.shape.slice(1, 3))),
      actual: build([2], (axis) => counts[axis]!),
    },
  ]
}

const generalProperties = properties(
  outputSizeGeneral,
  agreement(outputSize, 'integers', {
    kills: [roundsUp, forgetsFirst, ignoresDilation, roundsSameDown, largerHalfFirst, paddingOnce],
  }),
  law('enumerated', {
    of: outputSize,
    title: 'windows laid one after the other, as long as they fit, are as many as counted',
    kills: [roundsUp, forgetsFirst, ignoresDilation, paddingOnce],
    async holds({ answer, arithmetic, exact, parameters }) {
      const { size, kernel, stride, dilation } = parameters
      const { count, before, after } = await answer(outputSize, {}, parameters)
      const { toNumber } = arithmetic
      // What `same` adds is taken from the answer: its windows must fit exactly as often, too.
      const total = size + toNumber(before.at()) + toNumber(after.at())
      let fitting = 0
      for (let first = 0; first + dilation * (kernel - 1) < total; first += stride) fitting++
      return [{ label: 'positions', expected: exact(fromData([], [fitting])), actual: count }]
    },
  }),
  law('same', {
    of: outputSize,
    title: '`same` has ⌈H / S⌉ positions and adds no more than the last of them needs',
    kills: [roundsSameDown, largerHalfFirst],
    async holds(bench) {
      const parameters = { ...bench.parameters, padding: 'same' } as const
      const { size, kernel, stride, dilation } = parameters
      const { count, before, after } = await bench.answer(outputSize, {}, parameters)
      const positions = Math.ceil(size / stride)
      const missing = Math.max(0, (positions - 1) * stride + dilation * (kernel - 1) + 1 - size)
      const [small, large] = [Math.floor(missing / 2), Math.ceil(missing / 2)]
      const scalar = (value: number) => bench.exact(fromData([], [value]))
      return [
        { label: 'positions', expected: scalar(positions), actual: count },
        { label: 'before', expected: scalar(small), actual: before },
        { label: 'after', expected: scalar(large), actual: after },
      ]
    },
  }),
  law('layer', {
    of: small,
    asks: [conv2d, outputSize],
    title: 'the response of a layer has as many rows and columns as are counted',
    kills: [roundsUp, ignoresDilation, swapsStrides],
    share: 0.5,
    holds: shapesAgree,
  }),
  law('dilated', {
    of: unpadded,
    asks: [conv2d],
    title: 'a dilation is zeros between the taps of the kernel',
    kills: [layerIgnoresDilation],
    share: 0.5,
    async holds({ inputs, measure, parameters }) {
      const [Dh, Dw] = parameters.dilations
      const filters = plain(inputs.filters)
      const [Hf, Wf, K, Q] = filters.shape as Four
      const spread = build([Dh * (Hf - 1) + 1, Dw * (Wf - 1) + 1, K, Q], (u, v, k, q) =>
        u % Dh === 0 && v % Dw === 0 ? filters.at(u / Dh, v / Dw, k, q) : 0,
      )
      const bias = zeros(inputs.bias.shape)
      const dilated = await measure(conv2d, { ...inputs, bias }, parameters)
      const dense = await measure(
        conv2d,
        { x: inputs.x, filters: spread, bias },
        { ...parameters, dilations: [1, 1] },
      )
      return [{ label: 'the response', expected: dense.y, actual: dilated.y }]
    },
  }),
  published(
    'figures',
    outputSize,
    [
      {
        parameters: { size: 5, kernel: 3, stride: 2, dilation: 1, padding: [1, 1] },
        printed: [
          {
            label: 'Dumoulin and Visin, figure 2.6: 5 × 5 becomes 3 × 3',
            output: 'count',
            values: [3],
          },
        ],
      },
      {
        parameters: { size: 6, kernel: 3, stride: 2, dilation: 1, padding: [1, 1] },
        printed: [{ label: 'figure 2.7: so does 6 × 6', output: 'count', values: [3] }],
      },
      {
        parameters: { size: 7, kernel: 3, stride: 1, dilation: 2, padding: 'valid' },
        printed: [
          { label: 'figure 5.1, dilation 2: 7 × 7 becomes 3 × 3', output: 'count', values: [3] },
        ],
      },
    ],
    { title: 'the sizes of the figures of Dumoulin and Visin', kills: [roundsUp, ignoresDilation] },
  ),
)

export const outputSizeProperties = [...validProperties, ...generalProperties]
