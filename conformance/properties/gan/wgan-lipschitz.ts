import { build, memberOf } from '../../../reference/arithmetic/array.ts'
import {
  clippedCritic,
  criticSlopes,
  lipschitz,
  slopeBound,
} from '../../../spec/gan/wgan-lipschitz.ts'
import { statesOfCritic } from '../../../spec/gan/wgan-penalty.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { numbers, plain, scalar } from '../../kit/arrays.ts'
import { between } from '../../kit/between.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { stepwise } from '../../kit/stepwise.ts'
import { tensor } from '../../kit/tensor.ts'
import { about, worked } from '../../kit/worked.ts'
import {
  addsLayers,
  clipsAtOne,
  clipsBefore,
  clipsHalf,
  descends,
  forgetsHiddenBias,
  inputsOnly,
  keepsStart,
  limitOnce,
  neverClips,
  slopesAtZero,
  slopesOfWeights,
  sumOfSlopes,
  sumsBatch,
  withoutRoot,
} from './wgan-lipschitz-faults.ts'
import { carry, ofStep, oneStep } from './wgan-lipschitz-steps.ts'
import { penaltyDefinitions } from './wgan-penalty.ts'

export const lipschitzProperties = properties(
  lipschitz,
  ...agreementTwice(criticSlopes, {
    kills: [slopesOfWeights, forgetsHiddenBias, slopesAtZero, sumOfSlopes],
    share: 0.2,
    name: 'slopes',
  }),
  ...agreementTwice(
    clippedCritic,
    { kills: [neverClips, clipsBefore, clipsAtOne, clipsHalf, descends], share: 0.3 },
    { kills: [neverClips, clipsBefore, clipsAtOne, clipsHalf, descends, sumsBatch] },
  ),
  ...agreementTwice(slopeBound, {
    kills: [withoutRoot, limitOnce, addsLayers, inputsOnly],
    share: 0.1,
    name: 'limit',
  }),
  stepwise(clippedCritic, {
    name: 'clipped-steps',
    states: statesOfCritic,
    step: clippedCritic,
    carry,
    ask: ({ t, before, inputs: { real, generated }, parameters }) => ({
      inputs: { ...before, real: ofStep(real!, t), generated: ofStep(generated!, t) },
      parameters,
    }),
    gives: (after) =>
      Object.fromEntries(statesOfCritic.map((name) => [name, memberOf(after[name]!, 0)])),
    kills: [keepsStart],
    share: 0.15,
  }),
  law('within-limits', {
    of: clippedCritic,
    title: 'after every step all parameters are within the limit',
    kills: [neverClips, clipsBefore, clipsHalf],
    share: 0.15,
    async holds({ arithmetic, inputs, measure, parameters }) {
      const after = await measure(clippedCritic, inputs, parameters)
      const limits = (sign: 1 | -1, shape: readonly number[]) => {
        const limit = arithmetic.exact(sign * parameters.limit)
        return build(shape, () => limit)
      }
      return statesOfCritic.map((name) => {
        const { shape } = after[name]
        return between(arithmetic, name, after[name], limits(-1, shape), limits(1, shape))
      })
    },
  }),
  law('slopes-within', {
    of: { ...clippedCritic, dimensions: { ...clippedCritic.dimensions, ...oneStep } },
    asks: [clippedCritic, criticSlopes, slopeBound],
    title: 'no slope of a clipped critic is above the product of c √(m n) over its layers',
    kills: [neverClips],
    share: 0.2,
    async holds({ arithmetic, inputs, measure, parameters, sizes: { M, X, Hd } }) {
      const { sqrt, total, multiply } = arithmetic
      const after = await measure(clippedCritic, inputs, parameters)
      const first = (name: (typeof statesOfCritic)[number]) =>
        numbers(arithmetic, memberOf(after[name], 0))
      const critic = {
        discriminatorHidden: first('discriminatorHidden'),
        discriminatorHiddenBias: first('discriminatorHiddenBias'),
        discriminatorOutput: first('discriminatorOutput'),
        discriminatorOutputBias: first('discriminatorOutputBias'),
      }
      const x = memberOf(plain(inputs.real), 0)
      const { slopes } = await measure(criticSlopes, { ...critic, x }, {})
      const { limit } = parameters
      const { bound } = await measure(slopeBound, {}, { widths: [X!, Hd!, 1], limit })
      return Array.from({ length: M! }, (_, m) => {
        const slope = memberOf(slopes, m).data
        const length = scalar(sqrt(total(slope.map((g) => multiply(g, g)))))
        return between(arithmetic, `slope of sample ${m}`, length, null, bound)
      })
    },
  }),
  worked('bound-by-hand', {
    of: slopeBound,
    title: 'two layers from 2 to 8 to 1 units with the limits ½ and 0.01',
    kills: [withoutRoot, limitOnce, addsLayers, inputsOnly],
    cases: [
      {
        parameters: { widths: [2, 8, 1], limit: 0.5 },
        gives: { bound: [about('2.828427')] },
      },
      {
        parameters: { widths: [2, 8, 1], limit: 0.01 },
        gives: { bound: [about('0.001131371')] },
      },
    ],
  }),
  worked('a-clipped-step', {
    of: clippedCritic,
    title:
      'from W = 1 and v = 2 with a real sample 1 and a generated one 0: both are clipped after the step',
    kills: [neverClips, clipsBefore, descends],
    inputs: {
      discriminatorHidden: tensor([1, 1], [1]),
      discriminatorHiddenBias: tensor([1], [0]),
      discriminatorOutput: tensor([1], [2]),
      discriminatorOutputBias: tensor([], [0]),
      real: tensor([1, 1, 1], [1]),
      generated: tensor([1, 1, 1], [0]),
    },
    parameters: { rate: 1, limit: 2.5 },
    gives: {
      discriminatorHidden: [2.5],
      discriminatorHiddenBias: [about('1.600000')],
      discriminatorOutput: [2.5],
      discriminatorOutputBias: [0],
    },
  }),
  penaltyDefinitions,
)
