import { elementwise } from '../../../reference/arithmetic/array.ts'
import { minus } from '../../../reference/layers/addition.ts'
import { conv2dBiasGradient, conv2dFilterGradient } from '../../../spec/cnn/backprop.ts'
import { conv2d } from '../../../spec/cnn/conv2d.ts'
import { neurons, parameterCounts, paramReduction } from '../../../spec/cnn/local.ts'
import { locallyConnectedGradient } from '../../../spec/cnn/share.ts'
import { array, free } from '../../../spec/language/operation.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement } from '../../kit/agreement.ts'
import { filled, scalar, zeros } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { worked } from '../../kit/worked.ts'
import { plainly } from './conv2d-cases.ts'
import {
  answersLargeKernel,
  forgetsBiases,
  forgetsDepth,
  neuronAFilter,
  oneBiasForAll,
  unitsOfImage,
} from './local-faults.ts'

const counted = {
  dimensions: {
    N: free(1, 2, 'images'),
    K: free(1, 3, 'channels'),
    Q: free(1, 3, 'filters'),
    H: free(2, 6, 'rows'),
    W: free(2, 6, 'columns'),
  },
  inputs: { x: array('images', 'N', 'H', 'W', 'K') },
  parameters: {},
} as const

const reductionProperties = properties(
  paramReduction,
  agreement(parameterCounts, 'integers', {
    kills: [forgetsBiases, forgetsDepth, oneBiasForAll, unitsOfImage],
  }),
  rejection('rejected', parameterCounts, invalidities(parameterCounts), {
    title: 'a kernel larger than the image, and sizes below 1, are rejected',
    kills: [answersLargeKernel],
    share: 0.3,
  }),
  law('differences', {
    of: parameterCounts,
    title:
      'sharing divides the parameters by the number of positions; locality saves the pixels outside the window',
    kills: [forgetsDepth, unitsOfImage],
    async holds({ answer, arithmetic, parameters }) {
      const { rows: H, columns: W, channels: K, filters: Q } = parameters
      const { kernelRows: Hf, kernelColumns: Wf } = parameters
      const positions = (H - Hf + 1) * (W - Wf + 1)
      const { dense, local, shared } = await answer(parameterCounts, {}, parameters)
      const saved = positions * Q * (H * W - Hf * Wf) * K
      const { exact, multiply } = arithmetic
      return [
        {
          label: 'local = positions × shared',
          expected: elementwise(shared, (count) => multiply(exact(positions), count)),
          actual: local,
        },
        {
          label: 'dense − local',
          expected: scalar(exact(saved)),
          actual: minus(arithmetic, dense, local),
        },
      ]
    },
  }),
  law('allocated', {
    of: counted,
    asks: [parameterCounts, conv2dFilterGradient, conv2dBiasGradient, locallyConnectedGradient],
    title: 'the gradients by weights and biases have as many numbers as there are parameters',
    kills: [forgetsBiases, oneBiasForAll],
    share: 0.2,
    async holds({ answer, arithmetic: { exact }, inputs: { x }, sizes }) {
      const { N, H, W, K, Q } = sizes
      const [Hf, Wf] = [Math.min(2, H), Math.min(3, W)]
      const [Ho, Wo] = [H - Hf + 1, W - Wf + 1]
      const dy = zeros([N, Ho, Wo, Q])
      const kernelSize = [Hf, Wf]
      const { dFilters } = await answer(conv2dFilterGradient, { x, dy }, { ...plainly, kernelSize })
      const { dBias } = await answer(conv2dBiasGradient, { dy }, {})
      const filters = zeros([Ho, Wo, Hf, Wf, K, Q])
      const ofLocal = await answer(locallyConnectedGradient, { x, filters, dy }, plainly)
      const { local, shared } = await answer(
        parameterCounts,
        {},
        { rows: H, columns: W, channels: K, kernelRows: Hf, kernelColumns: Wf, filters: Q },
      )
      const count = (...arrays: readonly { readonly data: readonly unknown[] }[]) =>
        scalar(exact(arrays.reduce((sum, { data }) => sum + data.length, 0)))
      return [
        { label: 'shared', expected: count(dFilters, dBias), actual: shared },
        { label: 'local', expected: count(ofLocal.dFilters, ofLocal.dBias), actual: local },
      ]
    },
  }),
  worked('the-notes-example', {
    of: parameterCounts,
    title: 'the parameters of one map of 5 × 5 windows in an image of 32 × 32 × 3, by hand',
    kills: [forgetsBiases, unitsOfImage],
    parameters: {
      rows: 32,
      columns: 32,
      channels: 3,
      kernelRows: 5,
      kernelColumns: 5,
      filters: 1,
    },
    gives: {
      dense: [28 * 28 * (32 * 32 * 3 + 1)],
      local: [28 * 28 * (5 * 5 * 3 + 1)],
      shared: [5 * 5 * 3 + 1],
    },
  }),
)

const neuronProperties = properties(
  neurons,
  law('one-number-each', {
    of: counted,
    asks: [conv2d, parameterCounts],
    title: 'the numbers of the output, each with a window of weights and a bias',
    kills: [neuronAFilter, forgetsBiases, forgetsDepth],
    async holds({ answer, arithmetic, inputs: { x }, measure, sizes: { H, W, K, Q } }) {
      const { exact, multiply } = arithmetic
      const [Hf, Wf] = [Math.min(2, H), Math.min(3, W)]
      const filters = filled([Hf, Wf, K, Q], 1)
      const { y } = await measure(conv2d, { x, filters, bias: zeros([Q]) }, plainly)
      const { local, dense } = await answer(
        parameterCounts,
        {},
        { rows: H, columns: W, channels: K, kernelRows: Hf, kernelColumns: Wf, filters: Q },
      )
      const neurons = exact(y.data.length / y.shape[0])
      return [
        {
          label: 'neurons × (H′W′K + 1)',
          expected: scalar(multiply(neurons, exact(Hf * Wf * K + 1))),
          actual: local,
        },
        {
          label: 'neurons × (HWK + 1)',
          expected: scalar(multiply(neurons, exact(H * W * K + 1))),
          actual: dense,
        },
      ]
    },
  }),
  worked('E-97', {
    of: parameterCounts,
    title: 'one filter has a neuron at each of its four positions',
    kills: [neuronAFilter],
    parameters: { rows: 3, columns: 3, channels: 1, kernelRows: 2, kernelColumns: 2, filters: 1 },
    notes: { dense: [10] },
    gives: { dense: [40] },
  }),
)

export const localCountsProperties = [...reductionProperties, ...neuronProperties]
