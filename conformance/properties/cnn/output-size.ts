import { build } from '../../../reference/arithmetic/array.ts'
import { conv2d } from '../../../spec/cnn/conv2d.ts'
import { outputSize, outputSizeGeneral, outputSizeValid } from '../../../spec/cnn/output-size.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement } from '../../kit/agreement.ts'
import { plain, row, scalar, zeros } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { worked } from '../../kit/worked.ts'
import { plainly, small, unpadded } from './conv2d-cases.ts'
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

const simple = { stride: 1, dilation: 1, padding: 'valid' } as const

const validProperties = properties(
  outputSizeValid,
  law('shape', {
    of: unpadded,
    asks: [conv2d, outputSize],
    title: 'the response has H − H′ + 1 rows and W − W′ + 1 columns',
    kills: [alwaysSame, forgetsFirst],
    share: 0.5,
    async holds({ answer, exact, inputs, sizes }) {
      const { N, H, W, Hf, Wf, Q } = sizes
      const { y } = await answer(conv2d, inputs, plainly)
      const { count } = await answer(outputSize, {}, { ...simple, size: H, kernel: Hf })
      return [
        {
          label: 'images, rows, columns, channels',
          expected: exact(row(N, H - Hf + 1, W - Wf + 1, Q)),
          actual: exact(row(...y.shape)),
        },
        { label: 'positions', expected: exact(scalar(H - Hf + 1)), actual: count },
      ]
    },
  }),
  law('two-layers', {
    of: unpadded,
    asks: [outputSize],
    title: 'two layers take off what their kernels have more than one, together',
    kills: [forgetsFirst],
    share: 0.5,
    async holds({ answer, arithmetic, exact, sizes: { Hf, Wf, H } }) {
      const ask = async (size: number, kernel: number) =>
        (await answer(outputSize, {}, { ...simple, size, kernel })).count
      const first = await ask(H + Wf, Hf)
      const second = await ask(arithmetic.toNumber(first.at()), Wf)
      const expected = exact(scalar(H + Wf - (Hf - 1) - (Wf - 1)))
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
      return [{ label: 'positions', expected: exact(scalar(fitting)), actual: count }]
    },
  }),
  law('same', {
    of: outputSize,
    title: '`same` has ⌈H / S⌉ positions and adds no more than the last of them needs',
    kills: [roundsSameDown, largerHalfFirst],
    async holds({ answer, exact, parameters }) {
      const { size, kernel, stride, dilation } = parameters
      const { count, before, after } = await answer(
        outputSize,
        {},
        { ...parameters, padding: 'same' },
      )
      const positions = Math.ceil(size / stride)
      const missing = Math.max(0, (positions - 1) * stride + dilation * (kernel - 1) + 1 - size)
      const [small, large] = [Math.floor(missing / 2), Math.ceil(missing / 2)]
      return [
        { label: 'positions', expected: exact(scalar(positions)), actual: count },
        { label: 'before', expected: exact(scalar(small)), actual: before },
        { label: 'after', expected: exact(scalar(large)), actual: after },
      ]
    },
  }),
  law('layer', {
    of: small,
    asks: [conv2d, outputSize],
    title: 'the response of a layer has as many rows and columns as are counted',
    kills: [roundsUp, ignoresDilation, swapsStrides],
    share: 0.5,
    async holds({ answer, exact, inputs, parameters, sizes }) {
      const { H, W, Hf, Wf } = sizes
      const { strides, dilations, padding } = parameters
      const { y } = await answer(conv2d, inputs, parameters)
      const counted = async (axis: 0 | 1) => {
        const { count } = await answer(
          outputSize,
          {},
          {
            size: [H, W][axis],
            kernel: [Hf, Wf][axis],
            stride: strides[axis],
            dilation: dilations[axis],
            padding:
              typeof padding === 'string' ? padding : [padding[2 * axis], padding[2 * axis + 1]],
          },
        )
        return count.at()
      }
      return [
        {
          label: 'rows and columns',
          expected: exact(row(...y.shape.slice(1, 3))),
          actual: row(await counted(0), await counted(1)),
        },
      ]
    },
  }),
  law('dilated', {
    of: unpadded,
    asks: [conv2d],
    title: 'a dilation is zeros between the taps of the kernel',
    kills: [layerIgnoresDilation],
    share: 0.5,
    async holds({ inputs, measure, parameters, sizes: { Hf, Wf, K, Q } }) {
      const [Dh, Dw] = parameters.dilations
      const F = plain(inputs.filters)
      const filters = build([Dh * (Hf - 1) + 1, Dw * (Wf - 1) + 1, K, Q], (u, v, k, q) =>
        u % Dh === 0 && v % Dw === 0 ? F.at(u / Dh, v / Dw, k, q) : 0,
      )
      const { x } = inputs
      const bias = zeros(inputs.bias.shape)
      const dilated = await measure(conv2d, { ...inputs, bias }, parameters)
      const dense = await measure(
        conv2d,
        { x, filters, bias },
        { ...parameters, dilations: [1, 1] },
      )
      return [{ label: 'the response', expected: dense.y, actual: dilated.y }]
    },
  }),
  worked('figures', {
    of: outputSize,
    title: 'the sizes of the figures of Dumoulin and Visin',
    kills: [roundsUp, ignoresDilation],
    cases: [
      {
        says: 'Dumoulin and Visin, figure 2.6: 5 × 5 becomes 3 × 3',
        parameters: { size: 5, kernel: 3, stride: 2, dilation: 1, padding: [1, 1] },
        gives: { count: [3] },
      },
      {
        says: 'figure 2.7: so does 6 × 6',
        parameters: { size: 6, kernel: 3, stride: 2, dilation: 1, padding: [1, 1] },
        gives: { count: [3] },
      },
      {
        says: 'figure 5.1, dilation 2: 7 × 7 becomes 3 × 3',
        parameters: { size: 7, kernel: 3, stride: 1, dilation: 2, padding: 'valid' },
        gives: { count: [3] },
      },
    ],
  }),
)

export const outputSizeProperties = [...validProperties, ...generalProperties]
