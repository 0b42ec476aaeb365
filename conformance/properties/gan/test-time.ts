import { generate } from '../../../spec/gan/sample-map.ts'
import { afterTraining, testTime } from '../../../spec/gan/test-time.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  beforeRectifier,
  rectifiesWholly,
  refinesSamples,
  rejectsSamples,
  weighsFeatures,
} from './test-time-faults.ts'

export const testTimeProperties = properties(
  testTime,
  ...agreementTwice(afterTraining, {
    kills: [rejectsSamples, refinesSamples, weighsFeatures, beforeRectifier, rectifiesWholly],
    share: 0.5,
  }),
  equivariance('another-discriminator', {
    of: afterTraining,
    title: 'with another discriminator samples are the same to the bit',
    values: 'reals',
    kills: [rejectsSamples, refinesSamples],
    share: 0.6,
    toTheBit: true,
    inputs: ({ discriminatorHidden, discriminatorOutput, discriminatorOutputBias }) => ({
      discriminatorHidden: changed(discriminatorHidden, (w) => 1 - w),
      discriminatorOutput: changed(discriminatorOutput, (w) => 1 - w),
      discriminatorOutputBias: changed(discriminatorOutputBias, (d) => -1 - d),
    }),
    compared: ({ x }) => ({ x }),
  }),
  equivariance('features-alone', {
    of: afterTraining,
    title: 'features need neither the output of the discriminator nor the generator, to the bit',
    values: 'reals',
    kills: [weighsFeatures],
    share: 0.6,
    toTheBit: true,
    inputs: ({ discriminatorOutput, generatorOutput }) => ({
      discriminatorOutput: changed(discriminatorOutput, (w) => 1 - w),
      generatorOutput: changed(generatorOutput, (w) => 1 - w),
    }),
    compared: ({ features }) => ({ features }),
  }),
  law('generator-alone', {
    of: afterTraining,
    asks: [afterTraining, generate],
    title: 'samples are those of the generator alone',
    values: 'reals',
    kills: [refinesSamples, rejectsSamples],
    share: 0.2,
    async holds({ inputs, measure }) {
      const { noise, generatorHidden, generatorHiddenBias } = inputs
      const { generatorOutput, generatorOutputBias } = inputs
      const both = await measure(afterTraining, inputs, {})
      const asked = {
        noise,
        generatorHidden,
        generatorHiddenBias,
        generatorOutput,
        generatorOutputBias,
      }
      const alone = await measure(generate, asked, {})
      return [{ label: 'x', expected: alone.x, actual: both.x }]
    },
  }),
  worked('by-hand', {
    of: afterTraining,
    title: 'a constant generator, and features 5 and −1 of 5',
    kills: [refinesSamples, weighsFeatures, beforeRectifier, rectifiesWholly],
    inputs: {
      noise: tensor([1, 1], [7]),
      shown: tensor([1, 1], [5]),
      generatorHidden: tensor([1, 1], [1]),
      generatorHiddenBias: tensor([1], [0]),
      generatorOutput: tensor([1, 1], [0]),
      generatorOutputBias: tensor([1], [3]),
      discriminatorHidden: tensor([1, 2], [1, -1]),
      discriminatorHiddenBias: tensor([2], [0, 0]),
      discriminatorOutput: tensor([2], [2, 3]),
      discriminatorOutputBias: tensor([], [0]),
    },
    parameters: {},
    gives: { x: [3], features: [5, -1] },
  }),
)
