import { build, fromData } from '../../../reference/arithmetic/array.ts'
import {
  convolutionalDescriptors,
  denseDescriptors,
  descriptorSize,
  extractor,
} from '../../../spec/transfer/feature-extractor.ts'
import { network } from '../../../spec/transfer/network.ts'
import { agreement } from '../../kit/agreement.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { published } from '../../kit/published.ts'
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
  agreement(denseDescriptors, 'integers', { kills: [takesResponses, takesLowerLayer] }),
  agreement(denseDescriptors, 'reals', { kills: [takesResponses, takesLowerLayer] }),
  agreement(convolutionalDescriptors, 'integers', {
    name: 'convolutional-exact',
    kills: [convolutionalSums, convolutionalMaximum, convolutionalChannelsFirst],
  }),
  agreement(convolutionalDescriptors, 'reals', {
    name: 'convolutional-bounded',
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
    async holds({ arithmetic, array, exact, inputs, measure, sizes }) {
      const { head: _head, bias: _bias, ...kept } = inputs
      const { N, F, C } = sizes as Record<'N' | 'F' | 'C', number>
      const { scores } = await measure(network, inputs, {})
      const { descriptors } = await measure(denseDescriptors, kept, { layer: 2 })
      const [V, c] = [array('head'), array('bias')]
      const alike = descriptors.shape[1] === F
      const z = build([N, C], (n, k) => {
        const terms = Array.from({ length: alike ? F : 0 }, (_, f) =>
          arithmetic.multiply(descriptors.at(n, f), V.at(f, k)),
        )
        return arithmetic.total([c.at(k), ...terms])
      })
      return [
        { label: 'N(x) = Vᵀ φ₂(x) + c', expected: z, actual: scores },
        {
          label: 'one number a unit',
          expected: exact(fromData([2], [N, F])),
          actual: exact(fromData([2], [...descriptors.shape])),
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
      const { x, weights1, biases1, weights2, biases2 } = inputs
      const lower = await answer(denseDescriptors, inputs, { layer: 1 })
      const stored = fromData(
        lower.descriptors.shape,
        lower.descriptors.data.map(arithmetic.toNumber),
      )
      // One more layer: the higher one, asked for as if it were the lower layer of a network.
      const D = biases2.shape[0]!
      const above = {
        weights2: fromData([D, D], new Array<number>(D * D).fill(0)),
        biases2: fromData([D], new Array<number>(D).fill(0)),
      }
      const further = { x: stored, weights1: weights2, biases1: biases2, ...above }
      const then = await measure(denseDescriptors, further, { layer: 1 })
      const whole = { x, weights1, biases1, weights2, biases2 }
      const higher = await measure(denseDescriptors, whole, { layer: 2 })
      return [{ label: 'φ₂', expected: then.descriptors, actual: higher.descriptors }]
    },
  }),
  law('pooled-is-mean-of-flat', {
    of: convolutionalDescriptors,
    title: 'the flattened descriptor holds, position by position, what the pooled one averages',
    kills: [convolutionalSums, convolutionalMaximum, convolutionalChannelsFirst],
    async holds({ arithmetic, inputs, measure }) {
      const flat = (await measure(convolutionalDescriptors, inputs, { pooled: false })).descriptors
      const pooled = (await measure(convolutionalDescriptors, inputs, { pooled: true })).descriptors
      const [N, Q] = pooled.shape as [number, number]
      const positions = flat.shape[1]! / Q
      return [
        {
          label: 'positions times the mean = their sum',
          expected: build([N, Q], (n, q) =>
            arithmetic.total(Array.from({ length: positions }, (_, p) => flat.at(n, p * Q + q))),
          ),
          actual: build([N, Q], (n, q) =>
            arithmetic.multiply(arithmetic.exact(positions), pooled.at(n, q)),
          ),
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
    async holds({ answer, exact, inputs, parameters, sizes }) {
      const { R, S, U, V, K, Q } = sizes as Record<'R' | 'S' | 'U' | 'V' | 'K' | 'Q', number>
      const { descriptors } = await answer(convolutionalDescriptors, inputs, parameters)
      const { length, weights } = await answer(
        descriptorSize,
        {},
        {
          rows: R - U + 1,
          columns: S - V + 1,
          kernelRows: U,
          kernelColumns: V,
          channels: K,
          filters: Q,
          pooled: parameters.pooled,
        },
      )
      const scalar = (value: number) => exact(build([], () => value))
      return [
        { label: 'length', expected: scalar(descriptors.shape[1]!), actual: length },
        { label: 'weights', expected: scalar(inputs.filters.data.length), actual: weights },
      ]
    },
  }),
  published(
    'alexnet',
    descriptorSize,
    [
      {
        parameters: {
          rows: 1,
          columns: 1,
          kernelRows: 1,
          kernelColumns: 1,
          channels: 4096,
          filters: 4096,
          pooled: false,
        },
        printed: [
          { label: 'the codes of AlexNet', output: 'length', values: [4096] },
          { label: '4096 · 4096', output: 'weights', values: [16_777_216] },
        ],
      },
    ],
    {
      title: 'the last hidden layer of AlexNet: 4096 numbers',
      kills: [countsWeights, countsBiases],
    },
  ),
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
