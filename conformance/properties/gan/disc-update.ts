import { build, memberOf } from '../../../reference/arithmetic/array.ts'
import {
  blackBox,
  discriminatorStates,
  discriminatorSteps,
  discriminatorUpdate,
} from '../../../spec/gan/disc-update.ts'
import { generatorArrays } from '../../../spec/gan/network.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, permuted, plain, scalar, zeros } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { stepwise } from '../../kit/stepwise.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  decaysByGenerator,
  descends,
  forgetsGenerated,
  freezesBias,
  halves,
  keepsGradient,
  rectifiesGenerator,
  repeatsNoise,
  repeatsSamples,
  smooths,
  sumsBatch,
  swapsKinds,
  takesLast,
  trainsBoth,
  turnByTurn,
} from './disc-update-faults.ts'

const kills = [
  takesLast,
  sumsBatch,
  halves,
  descends,
  swapsKinds,
  forgetsGenerated,
  smooths,
  turnByTurn,
  keepsGradient,
  repeatsNoise,
  repeatsSamples,
  freezesBias,
  trainsBoth,
]

type State = keyof typeof discriminatorStates
const states = Object.keys(discriminatorStates) as State[]

const updateProperties = properties(
  discriminatorUpdate,
  ...agreementTwice(discriminatorSteps, { kills, share: 0.4 }, { share: 0.6 }),
  stepwise(discriminatorSteps, {
    states,
    step: discriminatorSteps,
    carry: {
      discriminatorHidden: 'discriminatorHidden',
      discriminatorHiddenBias: 'discriminatorHiddenBias',
      discriminatorOutput: 'discriminatorOutput',
      discriminatorOutputBias: 'discriminatorOutputBias',
    },
    ask: ({ t, before, inputs, parameters }) => {
      const batch = (name: 'samples' | 'noise') => {
        const own = memberOf(plain(inputs[name]!), t)
        return build([1, ...own.shape], (_, ...at) => own.at(...at))
      }
      return {
        inputs: { ...inputs, ...before, samples: batch('samples'), noise: batch('noise') },
        parameters,
      }
    },
    gives: (outputs) =>
      Object.fromEntries(states.map((name) => [name, memberOf(outputs[name]!, 0)])),
    kills: [keepsGradient, repeatsNoise, repeatsSamples],
    share: 0.2,
  }),
  equivariance('order-within-batches', {
    of: discriminatorSteps,
    title: 'the order of real samples and that of noise within a batch do not matter',
    values: 'reals',
    kills: [takesLast],
    share: 0.15,
    inputs: ({ samples, noise }, { sizes: { M } }) => ({
      samples: permuted(samples, (t, m, j) => [t, M! - 1 - m, j]),
      noise: permuted(noise, (t, m, j) => [t, (m + 1) % M!, j]),
    }),
  }),
  law('bias-alone', {
    of: discriminatorSteps,
    title: 'without weights to the logit the first step takes η tanh(d/2) from its bias',
    values: 'reals',
    kills: [descends, sumsBatch, halves, forgetsGenerated, smooths],
    share: 0.15,
    async holds({ arithmetic, array, inputs, measure, parameters }) {
      const { divide, exact, multiply, subtract, tanh } = arithmetic
      const discriminatorOutput = zeros(inputs.discriminatorOutput.shape)
      const asked = { ...inputs, discriminatorOutput }
      const { discriminatorOutputBias } = await measure(discriminatorSteps, asked, parameters)
      const d = array('discriminatorOutputBias').at()
      const step = multiply(exact(parameters.rate), tanh(divide(d, exact(2))))
      return [
        {
          label: 'd after the first step',
          expected: scalar(subtract(d, step)),
          actual: scalar(discriminatorOutputBias.at(0)),
        },
      ]
    },
  }),
  worked('E-56', {
    of: discriminatorSteps,
    title: 'real samples 1 and 3 move an undecided weight by ½ (½ · 1 + ½ · 3)',
    kills: [takesLast, sumsBatch],
    inputs: {
      samples: tensor([1, 2, 1], [1, 3]),
      noise: tensor([1, 2, 1], [0, 0]),
      generatorHidden: tensor([1, 1], [0]),
      generatorHiddenBias: tensor([1], [0]),
      generatorOutput: tensor([1, 1], [0]),
      generatorOutputBias: tensor([1], [0]),
      discriminatorHidden: tensor([1, 1], [1]),
      discriminatorHiddenBias: tensor([1], [0]),
      discriminatorOutput: tensor([1], [0]),
      discriminatorOutputBias: tensor([], [0]),
    },
    parameters: { rate: 1 },
    notes: { discriminatorOutput: [1.5] },
    gives: { discriminatorOutput: [1], discriminatorOutputBias: [0], discriminatorHidden: [1] },
  }),
)

const blackBoxProperties = properties(
  blackBox,
  law('generator-stays', {
    of: discriminatorSteps,
    title: 'the generator is to the bit what it was before',
    values: 'reals',
    kills: [trainsBoth],
    share: 0.2,
    async holds({ answer, array, inputs, parameters }) {
      const after = await answer(discriminatorSteps, inputs, parameters)
      return (Object.keys(generatorArrays) as (keyof typeof generatorArrays)[]).map((name) => ({
        label: name,
        expected: array(name),
        actual: after[name],
      }))
    },
  }),
  equivariance('same-samples', {
    of: discriminatorSteps,
    title:
      'a generator with all that enters and leaves its hidden units negated leads to the same step, to the bit',
    values: 'reals',
    kills: [rectifiesGenerator, decaysByGenerator],
    share: 0.2,
    toTheBit: true,
    inputs: ({ generatorHidden, generatorHiddenBias, generatorOutput }) => ({
      generatorHidden: changed(generatorHidden, (w) => -w),
      generatorHiddenBias: changed(generatorHiddenBias, (w) => -w),
      generatorOutput: changed(generatorOutput, (w) => -w),
    }),
    compared: (outputs) => Object.fromEntries(states.map((name) => [name, outputs[name]])),
  }),
)

export const discriminatorUpdateProperties = [...updateProperties, ...blackBoxProperties]
