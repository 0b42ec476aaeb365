import { build, fromData } from '../../../reference/arithmetic/array.ts'
import {
  droppedNetwork as networkReference,
  dropoutPlacement as placementReference,
} from '../../../reference/cnn/dropout-scope.ts'
import { dropoutPlacement, droppedNetwork, scope } from '../../../spec/cnn/dropout-scope.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { published } from '../../kit/published.ts'
import { worked } from '../../kit/worked.ts'

const wrongDropoutPlacement = faultsOf(dropoutPlacement, placementReference)
const wrongDroppedNetwork = faultsOf(droppedNetwork, networkReference)

const denseOnly = wrongDropoutPlacement.parameters(
  'E-10 read as a rule: never after a convolution, whatever the policy',
  () => ({ policy: 'dense' }),
)

const everywhere = wrongDropoutPlacement.parameters(
  'after convolutions, whatever the policy',
  () => ({ policy: 'hidden' }),
)

const outputToo = wrongDropoutPlacement.outputs(
  'after the output layer as well',
  ({ follows }, { parameters }) => {
    return { follows: changed(follows, (bit, l) => (parameters.layers[l] === 'output' ? 1 : bit)) }
  },
)

const poolingToo = wrongDropoutPlacement.outputs(
  'after pooling layers as well',
  ({ follows }, { parameters }) => {
    return {
      follows: changed(follows, (bit, l) => (parameters.layers[l] === 'pooling' ? 1 : bit)),
    }
  },
)

const dropsFeatures = wrongDroppedNetwork.answer(
  'drops features of the convolution by the same mask, in training',
  ({ inputs, parameters, right }) => {
    const { features, z } = right(inputs, parameters)
    if (!parameters.training) return { features, z }
    const bits = inputs.mask.data
    return { features: changed(features, (v, at) => v * bits[at % bits.length]!), z }
  },
)

const ignoresMask = wrongDroppedNetwork.parameters('does not drop at all', () => ({
  training: false,
}))

const dropsOutputs = wrongDroppedNetwork.answer(
  'drops the answers instead of the units of the dense layer',
  ({ inputs, parameters, right }) => {
    const { features, z } = right(inputs, { ...parameters, training: false })
    if (!parameters.training) return { features, z }
    const bits = inputs.mask.data
    const scale = 1 / (1 - parameters.rate)
    return { features, z: changed(z, (v, at) => v * bits[at % bits.length]! * scale) }
  },
)

const rectifiesNothing = wrongDroppedNetwork.outputs(
  'leaves the rectifier of the features out',
  ({ features, z }, { inputs, parameters, right }) => {
    const positive = right(inputs, parameters).features
    const negative = right(
      {
        ...inputs,
        filters: changed(inputs.filters, (v) => -v),
        bias: changed(inputs.bias, (v) => -v),
      },
      parameters,
    ).features
    return { features: changed(features, (_, at) => positive.data[at]! - negative.data[at]!), z }
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
  law('features-untouched', {
    of: droppedNetwork,
    values: 'reals',
    title: 'the features are the same to the bit in training, under any mask, and afterwards',
    kills: [dropsFeatures],
    async holds({ answer, inputs, parameters }) {
      const ask = (bit: (v: number) => number, training: boolean) => {
        const mask = fromData(
          inputs.mask.shape,
          Array.from(inputs.mask.data, (v) => bit(v)),
        )
        return answer(droppedNetwork, { ...inputs, mask }, { ...parameters, training })
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
  }),
  law('all-dropped', {
    of: droppedNetwork,
    values: 'reals',
    title: 'with all units of the dense layer dropped the answer is 0',
    kills: [ignoresMask],
    async holds({ exact, inputs, measure, parameters }) {
      const mask = build(inputs.mask.shape, () => 0)
      const { z } = await measure(
        droppedNetwork,
        { ...inputs, mask },
        { ...parameters, training: true },
      )
      return [{ label: 'z', expected: exact(build(z.shape, () => 0)), actual: z }]
    },
  }),
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
  worked('E-10', {
    of: dropoutPlacement,
    title: 'convolutions can have dropout as well',
    kills: [denseOnly],
    parameters: { layers: ['convolution', 'dense'], policy: 'hidden' },
    notes: { follows: [0, 1] },
    gives: { follows: [1, 1] },
  }),
)
