import { build, memberOf } from '../../../reference/arithmetic/array.ts'
import {
  clippedCritic,
  criticSlopes,
  lipschitz,
  slopeBound,
} from '../../../spec/gan/wgan-lipschitz.ts'
import {
  gradientPenalty,
  gradientPenaltyGradient,
  penalizedCritic,
  penaltyPoints,
  statesOfCritic,
} from '../../../spec/gan/wgan-penalty.ts'
import { derived } from '../../../spec/language/operation.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, numbers, part, plain, scalar } from '../../kit/arrays.ts'
import { between } from '../../kit/between.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { inner } from '../../kit/inner.ts'
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
import {
  beginsAnew,
  biasesPay,
  descendsAll,
  drawsToZero,
  exchangesShares,
  forgetsPenalty,
  forgetsWeight,
  gradientOfSum,
  keepsHidden,
  keepsLastWeights,
  normOfBatch,
  normOfPixels,
  oneShare,
  oneSided,
  onRealOnly,
  paysNegative,
  pushesAway,
  shareOfChannel,
  squaredNorm,
  sumsPenalty,
  undefinedAtZero,
  undirected,
  withoutFactor,
} from './wgan-penalty-faults.ts'

/** Cases with a single step. */
const oneStep = { T: derived(() => 1, 'steps') } as const

const carry = {
  discriminatorHidden: 'discriminatorHidden',
  discriminatorHiddenBias: 'discriminatorHiddenBias',
  discriminatorOutput: 'discriminatorOutput',
  discriminatorOutputBias: 'discriminatorOutputBias',
} as const

/** The part of what is given for all steps that belongs to one. */
const ofStep = (array: Parameters<typeof plain>[0], t: number) =>
  part(plain(array), array.shape.with(0, 1), [t])

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
  ...agreementTwice(penaltyPoints, {
    kills: [exchangesShares, oneShare, shareOfChannel],
    share: 0.2,
    name: 'points',
  }),
  ...agreementTwice(
    gradientPenalty,
    {
      kills: [
        sumsPenalty,
        forgetsWeight,
        oneSided,
        normOfBatch,
        normOfPixels,
        squaredNorm,
        drawsToZero,
      ],
      share: 0.2,
      name: 'penalty',
    },
    // Few slopes that are not small integers are shorter than 1.
    { share: 0.4 },
  ),
  ...agreementTwice(
    gradientPenaltyGradient,
    {
      kills: [withoutFactor, undefinedAtZero, gradientOfSum, pushesAway, undirected],
      share: 0.2,
      name: 'penalty-gradient',
    },
    { kills: [withoutFactor, gradientOfSum, pushesAway, undirected] },
  ),
  ...agreementTwice(
    penalizedCritic,
    {
      kills: [forgetsPenalty, paysNegative, keepsLastWeights, keepsHidden, biasesPay, descendsAll],
      share: 0.3,
      name: 'penalized',
    },
    {
      kills: [
        forgetsPenalty,
        paysNegative,
        onRealOnly,
        keepsLastWeights,
        keepsHidden,
        biasesPay,
        descendsAll,
      ],
    },
  ),
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
  stepwise(penalizedCritic, {
    name: 'penalized-steps',
    states: statesOfCritic,
    step: penalizedCritic,
    carry,
    ask: ({ t, before, inputs: { real, generated, mix }, parameters }) => ({
      inputs: {
        ...before,
        real: ofStep(real!, t),
        generated: ofStep(generated!, t),
        mix: ofStep(mix!, t),
      },
      parameters,
    }),
    gives: (after) =>
      Object.fromEntries(statesOfCritic.map((name) => [name, memberOf(after[name]!, 0)])),
    kills: [beginsAnew],
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
  law('no-penalty', {
    of: { ...penalizedCritic, dimensions: { ...penalizedCritic.dimensions, ...oneStep } },
    asks: [penalizedCritic, clippedCritic],
    title: 'without a penalty, and with a limit that nothing reaches, both critics do the same',
    kills: [descends, descendsAll],
    share: 0.15,
    async holds({ inputs, measure, parameters: { rate } }) {
      const penalized = await measure(penalizedCritic, inputs, { rate, weight: 0 })
      const { mix: _, ...others } = inputs
      const clipped = await measure(clippedCritic, others, { rate, limit: 2 ** 40 })
      return statesOfCritic.map((name) => ({
        label: name,
        expected: penalized[name],
        actual: clipped[name],
      }))
    },
  }),
  equivariance('biases-pay-nothing', {
    of: penalizedCritic,
    within: { ...penalizedCritic, dimensions: { ...penalizedCritic.dimensions, ...oneStep } },
    title: 'how much the penalty counts does not matter to biases',
    kills: [biasesPay],
    share: 0.15,
    parameters: ({ weight }) => ({ weight: weight + 1 }),
    compared: ({ discriminatorHiddenBias, discriminatorOutputBias }) => ({
      discriminatorHiddenBias,
      discriminatorOutputBias,
    }),
  }),
  law('both-layers', {
    of: { ...penalizedCritic, dimensions: { ...penalizedCritic.dimensions, ...oneStep } },
    asks: [penalizedCritic],
    title:
      'slopes are of degree 1 in each layer: weights times their penalty’s gradient is the same in both',
    kills: [keepsLastWeights, keepsHidden],
    share: 0.2,
    async holds({ arithmetic, array, inputs, measure, parameters: { weight } }) {
      const ask = (w: number) => measure(penalizedCritic, inputs, { rate: 1, weight: w })
      const [without, paid] = [await ask(0), await ask(weight)]
      const pull = (name: 'discriminatorHidden' | 'discriminatorOutput') => {
        const [before, after] = [memberOf(without[name], 0), memberOf(paid[name], 0)]
        const weights = array(name)
        return arithmetic.subtract(
          inner(arithmetic, weights, before),
          inner(arithmetic, weights, after),
        )
      }
      return [
        {
          label: '⟨W, dW⟩ = ⟨v, dv⟩',
          expected: scalar(pull('discriminatorHidden')),
          actual: scalar(pull('discriminatorOutput')),
        },
      ]
    },
  }),
  equivariance('all-axes', {
    of: gradientPenalty,
    title: 'where in a sample a number is does not matter to the penalty',
    kills: [normOfPixels],
    share: 0.15,
    inputs: ({ slopes }, { sizes: { M, H, W, K } }) => {
      // The numbers of each sample in columns instead of rows.
      const size = H! * W! * K!
      const from = (at: number) =>
        K! > 1 ? (at % (size / K!)) * K! + Math.floor(at / (size / K!)) : at
      return {
        slopes: changed(slopes, (_, at) => {
          const sample = Math.floor(at / size)
          return slopes.data[sample * size + (sample < M! ? from(at % size) : 0)]!
        }),
      }
    },
  }),
  worked('by-hand', {
    of: gradientPenalty,
    title: 'slopes 1 and −1 cost nothing, 0 as much as 2, and (3, 4) is 5 long',
    kills: [oneSided, normOfBatch, normOfPixels, squaredNorm, drawsToZero, sumsPenalty],
    cases: [
      {
        says: 'f(x) = ± x',
        inputs: { slopes: tensor([2, 1, 1, 1], [1, -1]) },
        parameters: { weight: 10 },
        gives: { penalty: [0] },
      },
      {
        says: 'none and twice',
        inputs: { slopes: tensor([2, 1, 1, 1], [0, 2]) },
        parameters: { weight: 10 },
        gives: { penalty: [10] },
      },
      {
        says: 'over two axes, and a slope of 0',
        inputs: { slopes: tensor([2, 2, 1, 2], [3, 0, 0, 4, 0, 0, 0, 0]) },
        parameters: { weight: 2 },
        gives: { penalty: [17] },
      },
    ],
  }),
  worked('gradient-by-hand', {
    of: gradientPenaltyGradient,
    title: 'along the slope, away from it where it is short, and 0 where there is none',
    kills: [withoutFactor, undefinedAtZero, pushesAway, undirected],
    inputs: {
      slopes: tensor([2, 1, 1, 2], [3, 4, 0, 0]),
      dPenalty: tensor([], [5]),
    },
    parameters: { weight: 1 },
    gives: { dSlopes: [12, 16, 0, 0] },
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
  worked('a-penalized-step', {
    of: penalizedCritic,
    title: 'a critic with the slope 2 between equal samples: both weights fall',
    kills: [forgetsPenalty, paysNegative, keepsLastWeights, keepsHidden],
    inputs: {
      discriminatorHidden: tensor([1, 1], [2]),
      discriminatorHiddenBias: tensor([1], [0]),
      discriminatorOutput: tensor([1], [1]),
      discriminatorOutputBias: tensor([], [0]),
      real: tensor([1, 1, 1], [1]),
      generated: tensor([1, 1, 1], [1]),
      mix: tensor([1, 1], [0.5]),
    },
    parameters: { rate: 0.5, weight: 0.5 },
    gives: { discriminatorHidden: [1.5], discriminatorOutput: [0] },
  }),
)
