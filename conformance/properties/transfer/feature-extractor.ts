import { build, sum } from '../../../reference/arithmetic/array.ts'
import {
  convolutionalDescriptors,
  denseDescriptors,
  descriptorSize,
  extractor,
} from '../../../spec/transfer/feature-extractor.ts'
import { network } from '../../../spec/transfer/network.ts'
import { agreement, agreementTwice } from '../../kit/agreement.ts'
import { numbers, row, scalar, zeros } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  convolutionalChannelsFirst,
  convolutionalMaximum,
  convolutionalSums,
  countsBiases,
  countsWeights,
  flattensAlways,
  givesWeights,
  takesLowerLayer,
  takesResponses,
} from './feature-extractor-faults.ts'
import { forgetsBiases, rectifiesScores } from './network-faults.ts'

export const extractorProperties = properties(
  extractor,
  agreementTwice(denseDescriptors, { kills: [takesResponses, takesLowerLayer] }),
  agreementTwice(convolutionalDescriptors, {
    name: 'convolutional',
    kills: [convolutionalSums, convolutionalMaximum, convolutionalChannelsFirst],
  }),
  agreement(descriptorSize, 'integers', {
    name: 'size',
    kills: [countsWeights, countsBiases, flattensAlways],
  }),
  law('rest-of-network', {
    of: network,
    asks: [network, denseDescriptors],
    title: 'the head on the descriptors gives what the whole network gives',
    kills: [takesResponses, takesLowerLayer, forgetsBiases, rectifiesScores],
    async holds({ arithmetic, array, exact, inputs, measure, sizes: { N, F, C } }) {
      const { add, multiply } = arithmetic
      const { head: _head, bias: _bias, ...kept } = inputs
      const { scores } = await measure(network, inputs, {})
      const { descriptors } = await measure(denseDescriptors, kept, { layer: 2 })
      const [V, c] = [array('head'), array('bias')]
      const z = build([N, C], (n, k) => {
        const weighed = sum(arithmetic, [F], (f) => multiply(descriptors.at(n, f), V.at(f, k)))
        return add(c.at(k), weighed)
      })
      return [
        { label: 'N(x) = Vᵀ φ₂(x) + c', expected: z, actual: scores },
        {
          label: 'one number a unit',
          expected: exact(row(N, F)),
          actual: exact(row(...descriptors.shape)),
        },
      ]
    },
  }),
  law('lower-descriptors', {
    of: { ...denseDescriptors, parameters: {} },
    asks: [denseDescriptors],
    title: 'the descriptors of the higher layer are those of one more layer on the lower ones',
    kills: [takesLowerLayer, takesResponses],
    share: 0.5,
    async holds({ answer, arithmetic, inputs, measure }) {
      const { weights2, biases2 } = inputs
      const lower = await answer(denseDescriptors, inputs, { layer: 1 })
      // One more layer: the higher one, asked for as if it were the lower layer of a network.
      const [D] = biases2.shape as [number]
      const further = {
        x: numbers(arithmetic, lower.descriptors),
        weights1: weights2,
        biases1: biases2,
        weights2: zeros([D, D]),
        biases2: zeros([D]),
      }
      const then = await measure(denseDescriptors, further, { layer: 1 })
      const higher = await measure(denseDescriptors, inputs, { layer: 2 })
      return [{ label: 'φ₂', expected: then.descriptors, actual: higher.descriptors }]
    },
  }),
  law('pooled-is-mean-of-flat', {
    of: convolutionalDescriptors,
    title: 'the flattened descriptor holds, position by position, what the pooled one averages',
    kills: [convolutionalSums, convolutionalMaximum, convolutionalChannelsFirst],
    async holds({ arithmetic, inputs, measure }) {
      const { exact, multiply } = arithmetic
      const flat = (await measure(convolutionalDescriptors, inputs, { pooled: false })).descriptors
      const pooled = (await measure(convolutionalDescriptors, inputs, { pooled: true })).descriptors
      const [N, Q] = pooled.shape as [number, number]
      const positions = flat.shape[1]! / Q
      return [
        {
          label: 'positions times the mean = their sum',
          expected: build([N, Q], (n, q) =>
            sum(arithmetic, [positions], (p) => flat.at(n, p * Q + q)),
          ),
          actual: build([N, Q], (n, q) => multiply(exact(positions), pooled.at(n, q))),
        },
      ]
    },
  }),
  law('length', {
    of: convolutionalDescriptors,
    asks: [convolutionalDescriptors, descriptorSize],
    title: 'descriptors are as long as is counted',
    kills: [countsWeights, countsBiases, flattensAlways],
    share: 0.5,
    async holds({ answer, exact, inputs, parameters, sizes: { R, S, U, V, K, Q } }) {
      const { descriptors } = await answer(convolutionalDescriptors, inputs, parameters)
      const positions = { rows: R - U + 1, columns: S - V + 1 }
      const kernel = { kernelRows: U, kernelColumns: V, channels: K, filters: Q }
      const asked = { ...positions, ...kernel, ...parameters }
      const { length, weights } = await answer(descriptorSize, {}, asked)
      const allocated = inputs.filters.data.length
      return [
        { label: 'length', expected: exact(scalar(descriptors.shape[1]!)), actual: length },
        { label: 'weights', expected: exact(scalar(allocated)), actual: weights },
      ]
    },
  }),
  worked('alexnet', {
    of: descriptorSize,
    title: 'the last hidden layer of AlexNet: 4096 numbers',
    kills: [countsWeights, countsBiases],
    parameters: {
      rows: 1,
      columns: 1,
      kernelRows: 1,
      kernelColumns: 1,
      channels: 4096,
      filters: 4096,
      pooled: false,
    },
    gives: { length: [4096], weights: [16_777_216] },
  }),
  worked('E-18', {
    of: denseDescriptors,
    title: 'one unit gives one number, however many weights it has',
    kills: [givesWeights],
    inputs: {
      x: tensor([1, 2], [1, 1]),
      weights1: tensor([2, 1], [1, 2]),
      biases1: tensor([1], [0]),
      weights2: tensor([1, 1], [1]),
      biases2: tensor([1], [0]),
    },
    parameters: { layer: 1 },
    notes: { descriptors: [1, 2] },
    gives: { descriptors: [3] },
  }),
)
