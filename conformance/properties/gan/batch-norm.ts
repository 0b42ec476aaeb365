import { build, sum } from '../../../reference/arithmetic/array.ts'
import {
  batchNorm,
  batchNormGradient,
  batchNormInference,
  batchNormInferenceGradient,
  inInference,
  inTraining,
} from '../../../spec/gan/batch-norm.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed } from '../../kit/arrays.ts'
import { law, lawTwice } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  byRunningStatistics,
  constantStatistics,
  constantVariance,
  deviationForVariance,
  epsilonOutside,
  forgetsBeta,
  forgetsEpsilon,
  forgetsGamma,
  forgetsGammaOnTheWay,
  forgetsMean,
  gammaByImages,
  gammaUncentred,
  imageByImage,
  meansOfSlopes,
  momentumOfOld,
  rootForgotten,
  runningByN,
  slopesOfTraining,
  statisticsOfBatch,
  unbiased,
  uncentred,
} from './batch-norm-faults.ts'

const trainingProperties = properties(
  inTraining,
  ...agreementTwice(batchNorm, {
    kills: [
      unbiased,
      epsilonOutside,
      imageByImage,
      byRunningStatistics,
      forgetsBeta,
      forgetsGamma,
      momentumOfOld,
      runningByN,
      uncentred,
    ],
  }),
  ...agreementTwice(batchNormGradient, {
    name: 'gradient',
    kills: [
      constantStatistics,
      constantVariance,
      gammaByImages,
      meansOfSlopes,
      forgetsGammaOnTheWay,
    ],
  }),
  law('mean-is-beta', {
    of: batchNorm,
    title: 'the mean of a channel is β',
    values: 'reals',
    kills: [forgetsBeta, byRunningStatistics],
    share: 0.2,
    async holds({ arithmetic, inputs, measure, parameters, sizes: { N, H, W, K } }) {
      const { divide, exact } = arithmetic
      const { y } = await measure(batchNorm, inputs, parameters)
      const total = (k: number) => sum(arithmetic, [N!, H!, W!], (n, h, w) => y.at(n, h, w, k))
      const beta = inputs.beta.data
      return [
        {
          label: 'mean of y',
          expected: build([K!], (k) => exact(beta[k]!)),
          actual: build([K!], (k) => divide(total(k), exact(N! * H! * W!))),
        },
      ]
    },
  }),
  law('slopes-cancel', {
    of: batchNormGradient,
    title: 'the derivatives of a channel by the images add up to 0',
    values: 'reals',
    kills: [constantStatistics],
    share: 0.2,
    async holds({ arithmetic, inputs, measure, parameters, sizes: { N, H, W, K } }) {
      const { dx } = await measure(batchNormGradient, inputs, parameters)
      const isFirst = (n: number, h: number, w: number) => n + h + w === 0
      const others = (k: number) =>
        sum(arithmetic, [N!, H!, W!], (n, h, w) =>
          isFirst(n, h, w) ? arithmetic.exact(0) : dx.at(n, h, w, k),
        )
      return [
        {
          label: 'dx of the first place',
          expected: build([K!], (k) => arithmetic.negate(others(k))),
          actual: build([K!], (k) => dx.at(0, 0, 0, k)),
        },
      ]
    },
  }),
  ...lawTwice('shifted', {
    of: batchNorm,
    title: 'a number that is added to all images moves their mean and nothing else of the batch',
    kills: [uncentred],
    share: 0.2,
    async holds({ inputs, measure, parameters }) {
      // Whole numbers, so that nothing is lost where it is added.
      const x = changed(inputs.x, (v) => Math.max(-64, Math.min(64, Math.round(v))))
      const moved = changed(x, (v) => v + 3)
      const here = await measure(batchNorm, { ...inputs, x }, parameters)
      const there = await measure(batchNorm, { ...inputs, x: moved }, parameters)
      return [{ label: 'variance', expected: here.variance, actual: there.variance }]
    },
  }),
  worked('by-hand', {
    of: batchNorm,
    title: 'of 1 and 3 the mean is 2, the variance 1, and with n − 1 it is 2',
    kills: [unbiased, epsilonOutside, momentumOfOld, runningByN, uncentred],
    inputs: {
      x: tensor([2, 1, 1, 1], [1, 3]),
      gamma: tensor([1], [2]),
      beta: tensor([1], [5]),
      runningMean: tensor([1], [4]),
      runningVariance: tensor([1], [8]),
    },
    parameters: { epsilon: 3, momentum: 0.25, divisor: 'n - 1' },
    gives: { y: [4, 6], mean: [2], variance: [1], runningMean: [3.5], runningVariance: [6.5] },
  }),
  worked('slopes-by-hand', {
    of: batchNormGradient,
    title: 'of 1 and 3, the slope of the first alone',
    kills: [constantStatistics, constantVariance, gammaByImages, meansOfSlopes],
    inputs: {
      x: tensor([2, 1, 1, 1], [1, 3]),
      gamma: tensor([1], [2]),
      dy: tensor([2, 1, 1, 1], [4, 0]),
    },
    parameters: { epsilon: 3, momentum: 0.25, divisor: 'n' },
    gives: { dx: [1.5, -1.5], dGamma: [-2], dBeta: [4] },
  }),
)

const inferenceProperties = properties(
  inInference,
  ...agreementTwice(batchNormInference, {
    kills: [deviationForVariance, statisticsOfBatch, forgetsMean, forgetsEpsilon],
  }),
  ...agreementTwice(batchNormInferenceGradient, {
    name: 'gradient',
    kills: [slopesOfTraining, gammaUncentred, rootForgotten],
  }),
  law('alone', {
    of: batchNormInference,
    title: 'an image comes out the same whatever others are beside it',
    values: 'reals',
    kills: [statisticsOfBatch],
    share: 0.2,
    async holds({ inputs, measure, parameters }) {
      const { y } = await measure(batchNormInference, inputs, parameters)
      const [N] = inputs.x.shape as [number]
      const first = inputs.x.data.length / N
      const others = changed(inputs.x, (v, at) => (at < first ? v : 0))
      const beside = await measure(batchNormInference, { ...inputs, x: others }, parameters)
      const one = (of: typeof y) =>
        build([1, ...y.shape.slice(1)], (_, h, w, k) => of.at(0, h!, w!, k!))
      return [{ label: 'y of the first', expected: one(y), actual: one(beside.y) }]
    },
  }),
  worked('by-hand', {
    of: batchNormInference,
    title: '1 less 3, over the root of 1 and 3, twice that and 5 more',
    kills: [statisticsOfBatch, forgetsMean, forgetsEpsilon],
    inputs: {
      x: tensor([1, 1, 1, 1], [1]),
      gamma: tensor([1], [2]),
      beta: tensor([1], [5]),
      mean: tensor([1], [3]),
      variance: tensor([1], [1]),
    },
    parameters: { epsilon: 3 },
    gives: { y: [3] },
  }),
)

export const batchNormProperties = [...trainingProperties, ...inferenceProperties]
