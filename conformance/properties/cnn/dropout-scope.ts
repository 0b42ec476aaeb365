import { dropoutPlacement, droppedNetwork, scope } from '../../../spec/cnn/dropout-scope.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed, zeros } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { worked } from '../../kit/worked.ts'
import {
  denseOnly,
  dropsFeatures,
  dropsOutputs,
  everywhere,
  ignoresMask,
  outputToo,
  poolingToo,
  rectifiesNothing,
} from './dropout-scope-faults.ts'

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
      const ask = async (bit: (v: number) => number, training: boolean) => {
        const mask = changed(inputs.mask, bit)
        return (await answer(droppedNetwork, { ...inputs, mask }, { ...parameters, training }))
          .features
      }
      const expected = await ask((v) => v, false)
      return [
        { label: 'in training', expected, actual: await ask((v) => v, true) },
        { label: 'under the opposite mask', expected, actual: await ask((v) => 1 - v, true) },
        { label: 'with all units dropped', expected, actual: await ask(() => 0, true) },
      ]
    },
  }),
  law('all-dropped', {
    of: droppedNetwork,
    values: 'reals',
    title: 'with all units of the dense layer dropped the answer is 0',
    kills: [ignoresMask],
    async holds({ exact, inputs, measure, parameters }) {
      const mask = zeros(inputs.mask.shape)
      const asked = { ...inputs, mask }
      const { z } = await measure(droppedNetwork, asked, { ...parameters, training: true })
      return [{ label: 'z', expected: exact(zeros(z.shape)), actual: z }]
    },
  }),
  worked('alexnet', {
    of: dropoutPlacement,
    title: 'AlexNet, shortened: after its first two dense layers',
    kills: [everywhere, outputToo],
    parameters: {
      layers: ['convolution', 'convolution', 'pooling', 'dense', 'dense', 'output'],
      policy: 'dense',
    },
    gives: { follows: [0, 0, 0, 1, 1, 0] },
  }),
  worked('E-10', {
    of: dropoutPlacement,
    title: 'convolutions can have dropout as well',
    kills: [denseOnly],
    parameters: { layers: ['convolution', 'dense'], policy: 'hidden' },
    notes: { follows: [0, 1] },
    gives: { follows: [1, 1] },
  }),
)
