import { build } from '../../../reference/arithmetic/array.ts'
import { generate, sampleMap } from '../../../spec/gan/sample-map.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, part, permuted, plain, zeros } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  copiesData,
  forgetsHiddenBias,
  forgetsOutputBias,
  forgetsTanh,
  generatesOne,
  normalizesBatch,
  rectifies,
  squashes,
  squashesSamples,
} from './sample-map-faults.ts'

export const sampleMapProperties = properties(
  sampleMap,
  ...agreementTwice(generate, {
    kills: [
      forgetsTanh,
      rectifies,
      squashes,
      forgetsHiddenBias,
      forgetsOutputBias,
      squashesSamples,
      normalizesBatch,
      generatesOne,
      copiesData,
    ],
    share: 0.6,
  }),
  equivariance('order', {
    of: generate,
    title: 'noise in reverse order gives the samples in reverse order',
    values: 'reals',
    kills: [generatesOne],
    share: 0.2,
    inputs: ({ noise }, { sizes: { M } }) => ({
      noise: permuted(noise, (m, j) => [M! - 1 - m, j]),
    }),
    outputs: ({ x }, { sizes: { M } }) => ({ x: permuted(x, (m, j) => [M! - 1 - m, j]) }),
  }),
  law('alone', {
    of: generate,
    title: 'the last sample of a batch is what its noise gives alone',
    values: 'reals',
    kills: [normalizesBatch, generatesOne],
    share: 0.2,
    async holds({ inputs, measure, sizes: { M, Z, X } }) {
      const together = await measure(generate, inputs, {})
      const noise = part(plain(inputs.noise), [1, Z!], [M! - 1, 0])
      const alone = await measure(generate, { ...inputs, noise }, {})
      return [{ label: 'x', expected: part(together.x, [1, X!], [M! - 1, 0]), actual: alone.x }]
    },
  }),
  equivariance('odd', {
    of: generate,
    title: 'all that enters and leaves the hidden units, negated, changes nothing',
    values: 'reals',
    kills: [rectifies, squashes],
    share: 0.2,
    inputs: ({ generatorHidden, generatorHiddenBias, generatorOutput }) => ({
      generatorHidden: changed(generatorHidden, (w) => -w),
      generatorHiddenBias: changed(generatorHiddenBias, (w) => -w),
      generatorOutput: changed(generatorOutput, (w) => -w),
    }),
  }),
  law('without-hidden-units', {
    of: generate,
    title: 'without weights from the hidden units every sample is the output bias',
    kills: [forgetsOutputBias, squashesSamples, copiesData],
    share: 0.2,
    async holds({ array, inputs, measure, sizes: { M, X } }) {
      const generatorOutput = zeros(inputs.generatorOutput.shape)
      const { x } = await measure(generate, { ...inputs, generatorOutput }, {})
      const c = array('generatorOutputBias')
      return [{ label: 'x', expected: build([M!, X!], (_, j) => c.at(j)), actual: x }]
    },
  }),
  worked('E-57', {
    of: generate,
    title: 'a generator gives what its weights make of noise, and not what it was trained on',
    kills: [copiesData],
    inputs: {
      noise: tensor([1, 1], [5]),
      generatorHidden: tensor([1, 1], [1]),
      generatorHiddenBias: tensor([1], [0]),
      generatorOutput: tensor([1, 1], [0]),
      generatorOutputBias: tensor([1], [3]),
    },
    parameters: {},
    notes: { x: [1] },
    gives: { x: [3] },
  }),
)
