import { build, fromData } from '../../../reference/arithmetic/array.ts'
import {
  droppedNetwork as networkReference,
  dropoutPlacement as placementReference,
} from '../../../reference/cnn/dropout-scope.ts'
import { dropoutPlacement, droppedNetwork, scope } from '../../../spec/cnn/dropout-scope.ts'
import { agreement } from '../../kit/agreement.ts'
import { counterexample } from '../../kit/counterexample.ts'
import { fault, mapArray } from '../../kit/fault.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { published } from '../../kit/published.ts'

const denseOnly = fault(
  dropoutPlacement,
  placementReference,
  'E-10 read as a rule: never after a convolution, whatever the policy',
  ({ inputs, parameters, right }) => right(inputs, { ...parameters, policy: 'dense' }),
)

const everywhere = fault(
  dropoutPlacement,
  placementReference,
  'after convolutions, whatever the policy',
  ({ inputs, parameters, right }) => right(inputs, { ...parameters, policy: 'hidden' }),
)

const outputToo = fault(
  dropoutPlacement,
  placementReference,
  'after the output layer as well',
  ({ inputs, parameters, right }) => {
    const { follows } = right(inputs, parameters)
    return { follows: mapArray(follows, (bit, l) => (parameters.layers[l] === 'output' ? 1 : bit)) }
  },
)

const poolingToo = fault(
  dropoutPlacement,
  placementReference,
  'after pooling layers as well',
  ({ inputs, parameters, right }) => {
    const { follows } = right(inputs, parameters)
    return {
      follows: mapArray(follows, (bit, l) => (parameters.layers[l] === 'pooling' ? 1 : bit)),
    }
  },
)

const dropsFeatures = fault(
  droppedNetwork,
  networkReference,
  'drops features of the convolution by the same mask, in training',
  ({ inputs, parameters, right }) => {
    const { features, z } = right(inputs, parameters)
    if (!parameters.training) return { features, z }
    const bits = inputs.mask.data
    return { features: mapArray(features, (v, at) => v * bits[at % bits.length]!), z }
  },
)

const ignoresMask = fault(
  droppedNetwork,
  networkReference,
  'does not drop at all',
  ({ inputs, parameters, right }) => right(inputs, { ...parameters, training: false }),
)

const dropsOutputs = fault(
  droppedNetwork,
  networkReference,
  'drops the answers instead of the units of the dense layer',
  ({ inputs, parameters, right }) => {
    const { features, z } = right(inputs, { ...parameters, training: false })
    if (!parameters.training) return { features, z }
    const bits = inputs.mask.data
    const scale = 1 / (1 - parameters.rate)
    return { features, z: mapArray(z, (v, at) => v * bits[at % bits.length]! * scale) }
  },
)

const rectifiesNothing = fault(
  droppedNetwork,
  networkReference,
  'leaves the rectifier of the features out',
  ({ inputs, parameters, right }) => {
    const { features, z } = right(inputs, parameters)
    const positive = right(inputs, parameters).features
    const negative = right(
      {
        ...inputs,
        filters: mapArray(inputs.filters, (v) => -v),
        bias: mapArray(inputs.bias, (v) => -v),
      },
      parameters,
    ).features
    return { features: mapArray(features, (_, at) => positive.data[at]! - negative.data[at]!), z }
  },
)

export const dropoutScopeProperties = properties(
  scope,
  agreement(dropoutPlacement, 'integers', {
    name: 'placement',
    kills: [denseOnly, everywhere, outputToo, poolingToo],
  }),
  agreement(droppedNetwork, 'integers', {
    name: 'network-exact',
    title: 'cnn.droppedNetwork equals the reference on small integers, to the bit where it can',
    kills: [dropsFeatures, ignoresMask, dropsOutputs, rectifiesNothing],
  }),
  agreement(droppedNetwork, 'reals', {
    name: 'network-bounded',
    kills: [dropsFeatures, ignoresMask, dropsOutputs],
  }),
  law(
    'features-untouched',
    droppedNetwork,
    [droppedNetwork],
    'reals',
    {
      title: 'the features are the same to the bit in training, under any mask, and afterwards',
      kills: [dropsFeatures],
    },
    async (bench) => {
      const { inputs, parameters } = bench
      const ask = (bit: (v: number) => number, training: boolean) => {
        const mask = fromData(
          inputs.mask.shape,
          Array.from(inputs.mask.data, (v) => bit(v)),
        )
        return bench.answer(droppedNetwork, { ...inputs, mask }, { ...parameters, training })
      }
      const after = await ask((v) => v, false)
      const [training, other, none] = [
        await ask((v) => v, true),
        await ask((v) => 1 - v, true),
        await ask(() => 0, true),
      ]
      const labels = ['in training', 'under the opposite mask', 'with all units dropped']
      return [training, other, none].map(({ features }, at) => ({
        label: labels[at]!,
        expected: after.features,
        actual: features,
      }))
    },
  ),
  law(
    'all-dropped',
    droppedNetwork,
    [droppedNetwork],
    'reals',
    {
      title: 'with all units of the dense layer dropped the answer is 0',
      kills: [ignoresMask],
    },
    async (bench) => {
      const { inputs, parameters } = bench
      const mask = build(inputs.mask.shape, () => 0)
      const { z } = await bench.answer(
        droppedNetwork,
        { ...inputs, mask },
        { ...parameters, training: true },
      )
      return [{ label: 'z', expected: bench.exact(build(z.shape, () => 0)), actual: z }]
    },
  ),
  published(
    'alexnet',
    dropoutPlacement,
    [
      {
        parameters: {
          layers: ['convolution', 'convolution', 'pooling', 'dense', 'dense', 'output'],
          policy: 'dense',
        },
        printed: [
          {
            label: 'the first two fully connected layers',
            output: 'follows',
            values: [0, 0, 0, 1, 1, 0],
          },
        ],
      },
    ],
    {
      title: 'AlexNet, shortened: after its first two dense layers',
      kills: [everywhere, outputToo],
    },
  ),
  counterexample(
    'E-10',
    dropoutPlacement,
    {
      inputs: {},
      parameters: { layers: ['convolution', 'dense'], policy: 'hidden' },
      notes: [0, 1],
      right: [1, 1],
    },
    { title: 'convolutions can have dropout as well', kills: [denseOnly] },
  ),
)
