import { elementwise } from '../../../reference/arithmetic/array.ts'
import {
  generatorObjective,
  generatorObjectiveGradient,
  generatorStep,
  generatorUpdate,
  throughDiscriminator,
} from '../../../spec/gan/gen-update.ts'
import { discriminatorArrays, generatorArrays } from '../../../spec/gan/network.ts'
import { gradientName } from '../../../spec/language/gradient.ts'
import { mapValues } from '../../base/records.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, permuted, scalar, zeros } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { repeated } from '../../kit/repeated.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  descends,
  firstSample,
  freezesHidden,
  gradientForgetsUpstream,
  gradientOfMeanSample,
  gradientOfOther,
  gradientOfOutputs,
  gradientRectifies,
  gradientSlopeAtZero,
  gradientSums,
  gradientWithoutSlope,
  gradientWithoutTanh,
  objectiveOfBits,
  objectiveOfOther,
  objectiveOverflows,
  objectiveSummed,
  sumsBatch,
  swapsLosses,
  trainsBoth,
  trainsDiscriminator,
} from './gen-update-faults.ts'

const namesOf = <Arrays extends object>(arrays: Arrays) =>
  Object.keys(arrays) as (keyof Arrays & string)[]

const undecided = {
  noise: tensor([1, 1], [0]),
  generatorHidden: tensor([1, 1], [0]),
  generatorHiddenBias: tensor([1], [0]),
  generatorOutput: tensor([1, 1], [0]),
  generatorOutputBias: tensor([1], [0]),
  discriminatorHidden: tensor([1, 1], [1]),
  discriminatorHiddenBias: tensor([1], [1]),
  discriminatorOutput: tensor([1], [1]),
  discriminatorOutputBias: tensor([], [-1]),
}

const updateProperties = properties(
  generatorUpdate,
  ...agreementTwice(
    generatorStep,
    {
      kills: [
        swapsLosses,
        sumsBatch,
        descends,
        trainsBoth,
        trainsDiscriminator,
        freezesHidden,
        firstSample,
      ],
      share: 0.4,
    },
    { share: 0.6 },
  ),
  ...agreementTwice(
    generatorObjective,
    { name: 'objective', kills: [objectiveOfOther, objectiveSummed, objectiveOfBits], share: 0.4 },
    { kills: [objectiveOfOther, objectiveSummed, objectiveOfBits, objectiveOverflows] },
  ),
  law('discriminator-stays', {
    of: generatorStep,
    title: 'the discriminator is to the bit what it was before',
    values: 'reals',
    kills: [trainsBoth, trainsDiscriminator],
    share: 0.2,
    async holds({ answer, array, inputs, parameters }) {
      const after = await answer(generatorStep, inputs, parameters)
      return namesOf(discriminatorArrays).map((name) => ({
        label: name,
        expected: array(name),
        actual: after[name],
      }))
    },
  }),
  law('blind-discriminator', {
    of: generatorStep,
    title: 'a discriminator that does not look at samples leaves the generator as it is',
    values: 'reals',
    kills: [trainsBoth],
    share: 0.2,
    async holds({ array, inputs, measure, parameters }) {
      const discriminatorHidden = zeros(inputs.discriminatorHidden.shape)
      const after = await measure(generatorStep, { ...inputs, discriminatorHidden }, parameters)
      const stays = [...namesOf(generatorArrays), 'discriminatorOutput' as const]
      return stays.map((name) => ({ label: name, expected: array(name), actual: after[name] }))
    },
  }),
  repeated(generatorStep, {
    times: 8,
    carry: namesOf(generatorArrays),
    kills: [descends, freezesHidden],
    share: 0.1,
  }),
  equivariance('order', {
    of: generatorStep,
    title: 'the order of noise within a batch does not matter',
    values: 'reals',
    kills: [firstSample],
    share: 0.15,
    inputs: ({ noise }, { sizes: { M } }) => ({
      noise: permuted(noise, (m, j) => [M! - 1 - m, j]),
    }),
  }),
  worked('undecided', {
    of: generatorStep,
    title: 'before a discriminator that gives ½ and wants more, a constant sample moves by ½',
    kills: [trainsDiscriminator, descends],
    inputs: undecided,
    parameters: { rate: 1, loss: 'non-saturating' },
    gives: { generatorOutputBias: [0.5], discriminatorOutputBias: [-1] },
  }),
  worked('certain', {
    of: generatorObjective,
    title: 'a sample that is rejected with the logit −10000 costs 10000, and no infinity',
    kills: [objectiveOverflows],
    inputs: { ...undecided, discriminatorOutputBias: tensor([], [-10001]) },
    parameters: { loss: 'non-saturating' },
    gives: { objective: [-10000] },
  }),
  worked('half', {
    of: generatorObjective,
    title: 'at D = ½ the objectives are −ln 2 and ln 2',
    kills: [objectiveOfOther, objectiveOfBits],
    cases: [
      {
        inputs: undecided,
        parameters: { loss: 'non-saturating' },
        gives: { objective: [-Math.LN2] },
      },
      {
        inputs: undecided,
        parameters: { loss: 'saturating' },
        gives: { objective: [Math.LN2] },
      },
    ],
  }),
)

const throughProperties = properties(
  throughDiscriminator,
  ...agreementTwice(
    generatorObjectiveGradient,
    {
      kills: [
        gradientRectifies,
        gradientWithoutSlope,
        gradientWithoutTanh,
        gradientOfMeanSample,
        gradientOfOther,
        gradientForgetsUpstream,
        gradientSums,
        gradientOfOutputs,
      ],
      share: 0.6,
    },
    {
      kills: [gradientRectifies, gradientWithoutSlope, gradientWithoutTanh, gradientOfMeanSample],
      share: 0.6,
    },
  ),
  equivariance('linear-in-what-comes-after', {
    of: generatorObjectiveGradient,
    title: 'twice the derivative of what comes after gives twice the gradient',
    kills: [gradientForgetsUpstream],
    share: 0.15,
    inputs: ({ dObjective }) => ({ dObjective: changed(dObjective, (g) => 2 * g) }),
    outputs: (slopes, { arithmetic: { exact, multiply } }) =>
      mapValues(slopes, (slope) => elementwise(slope, (g) => multiply(exact(2), g))),
  }),
  equivariance('rescaled-discriminator', {
    of: generatorObjectiveGradient,
    title:
      'twice what enters the hidden units of the discriminator, and half of what leaves them, changes nothing',
    kills: [gradientOfOutputs],
    share: 0.15,
    inputs: ({ discriminatorHidden, discriminatorHiddenBias, discriminatorOutput }) => ({
      discriminatorHidden: changed(discriminatorHidden, (w) => 2 * w),
      discriminatorHiddenBias: changed(discriminatorHiddenBias, (w) => 2 * w),
      discriminatorOutput: changed(discriminatorOutput, (w) => w / 2),
    }),
  }),
  law('climbed', {
    of: generatorStep,
    asks: [generatorStep, generatorObjectiveGradient],
    title: 'the step is the rate times this gradient',
    values: 'reals',
    kills: [gradientSums, gradientOfOther],
    share: 0.15,
    async holds({ arithmetic, array, inputs, measure, parameters: { rate, loss } }) {
      const { add, exact, multiply } = arithmetic
      const after = await measure(generatorStep, inputs, { rate, loss })
      const asked = { ...inputs, dObjective: scalar(1) }
      const slopes = await measure(generatorObjectiveGradient, asked, { loss })
      return namesOf(generatorArrays).map((name) => {
        const before = array(name)
        const moves = elementwise(slopes[gradientName(name)], (g) => multiply(exact(rate), g))
        return {
          label: name,
          expected: {
            ...before,
            data: before.data.map((theta, at) => add(theta, moves.data[at]!)),
          },
          actual: after[name],
        }
      })
    },
  }),
  worked('by-hand', {
    of: generatorObjectiveGradient,
    title:
      'at D = ½, before a unit that is above 0, the derivative by a constant sample is ½, and at 0 a fifth of it',
    kills: [gradientSlopeAtZero, gradientRectifies],
    cases: [
      {
        inputs: { ...undecided, dObjective: tensor([], [1]) },
        parameters: { loss: 'non-saturating' },
        gives: { dGeneratorOutputBias: [0.5] },
      },
      {
        inputs: {
          ...undecided,
          discriminatorHiddenBias: tensor([1], [0]),
          discriminatorOutputBias: tensor([], [0]),
          dObjective: tensor([], [10]),
        },
        parameters: { loss: 'non-saturating' },
        gives: { dGeneratorOutputBias: [1] },
      },
    ],
  }),
)

export const generatorUpdateProperties = [...updateProperties, ...throughProperties]
