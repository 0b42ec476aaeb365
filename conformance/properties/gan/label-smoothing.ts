import { build } from '../../../reference/arithmetic/array.ts'
import { shares } from '../../../reference/gan/optimal-discriminator.ts'
import {
  labelSmoothing,
  smoothedDiscriminator,
  smoothedValue,
  smoothedValueGradient,
} from '../../../spec/gan/label-smoothing.ts'
import { optimalDiscriminator } from '../../../spec/gan/optimal-discriminator.ts'
import { value } from '../../../spec/gan/value-function.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { filled } from '../../kit/arrays.ts'
import { between } from '../../kit/between.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { about, worked } from '../../kit/worked.ts'
import {
  bestUnsmoothed,
  cutsBest,
  descends,
  exchangesTargets,
  forgetsGenerated,
  sharesOfSmoothed,
  slopesScaled,
  slopesUnsmoothed,
  smoothedAddsUp,
  smoothsBoth,
  smoothsNothing,
  weighsReal,
} from './label-smoothing-faults.ts'
import { givesDensity, shareOfGenerated } from './optimal-discriminator-faults.ts'
import { addsUp, takesGeneratedForReal } from './value-function-faults.ts'

export const labelSmoothingProperties = properties(
  labelSmoothing,
  ...agreementTwice(smoothedValue, {
    kills: [smoothsBoth, smoothsNothing, weighsReal, exchangesTargets, smoothedAddsUp],
    share: 0.5,
  }),
  ...agreementTwice(smoothedValueGradient, {
    name: 'gradient',
    kills: [slopesUnsmoothed, slopesScaled, descends],
    share: 0.4,
  }),
  ...agreementTwice(smoothedDiscriminator, {
    name: 'best',
    kills: [bestUnsmoothed, forgetsGenerated, cutsBest, sharesOfSmoothed],
    share: 0.4,
  }),
  law('not-smoothed', {
    of: value,
    asks: [smoothedValue, value],
    values: 'reals',
    title: 'with the targets 1 and 0 the value is that of the game',
    kills: [exchangesTargets, smoothedAddsUp, addsUp, takesGeneratedForReal],
    share: 0.2,
    async holds({ inputs, measure }) {
      const hard = { realTarget: 1, generatedTarget: 0 }
      const smoothed = await measure(smoothedValue, inputs, hard)
      const plain = await measure(value, inputs, {})
      return [{ label: 'value', expected: plain.value, actual: smoothed.value }]
    },
  }),
  law('one-sided', {
    of: smoothedDiscriminator,
    asks: [smoothedDiscriminator, optimalDiscriminator],
    values: 'reals',
    title: 'smoothed on one side, the best discriminator is α times the one without smoothing',
    kills: [bestUnsmoothed, cutsBest, sharesOfSmoothed, shareOfGenerated, givesDensity],
    share: 0.3,
    async holds({ arithmetic, inputs, measure, parameters: { realTarget } }) {
      const oneSided = { realTarget, generatedTarget: 0 }
      // Where neither distribution comes, ½ is given by both and nothing follows.
      const data = build(inputs.data.shape, (n) => inputs.data.data[n]! + 1)
      const given = { ...inputs, data }
      const smoothed = await measure(smoothedDiscriminator, given, oneSided)
      const { probability } = await measure(optimalDiscriminator, given, {})
      return [
        {
          label: 'D*',
          expected: build(probability.shape, (n) =>
            arithmetic.multiply(arithmetic.exact(realTarget), probability.at(n)),
          ),
          actual: smoothed.probability,
        },
      ]
    },
  }),
  law('stationary', {
    of: smoothedDiscriminator,
    values: 'reals',
    title:
      'there the slopes of both kinds cancel: p (α − D) = q (D − β), and D is between both targets',
    kills: [bestUnsmoothed, forgetsGenerated, cutsBest, sharesOfSmoothed],
    share: 0.3,
    async holds({ arithmetic, array, exact, inputs, measure, parameters }) {
      const { multiply, subtract } = arithmetic
      const { probability } = await measure(smoothedDiscriminator, inputs, parameters)
      const [alpha, beta] = [parameters.realTarget, parameters.generatedTarget]
      const [p, q] = [shares(arithmetic, array('data')), shares(arithmetic, array('generated'))]
      const target = (t: number) => filled(probability.shape, t)
      return [
        {
          label: 'p (α − D)',
          expected: build(q.shape, (n) =>
            multiply(q.at(n), subtract(probability.at(n), arithmetic.exact(beta))),
          ),
          actual: build(p.shape, (n) =>
            multiply(p.at(n), subtract(arithmetic.exact(alpha), probability.at(n))),
          ),
        },
        between(
          arithmetic,
          'β ≤ D ≤ α',
          probability,
          exact(target(Math.min(beta, 0.5))),
          exact(target(Math.max(alpha, 0.5))),
        ),
      ]
    },
  }),
  worked('by-hand', {
    of: smoothedDiscriminator,
    title: 'seven tenths of data and two of generated samples, smoothed to 0.9: 0.7',
    kills: [bestUnsmoothed, cutsBest, forgetsGenerated],
    cases: [
      {
        says: 'on one side',
        inputs: { data: tensor([2], [7, 3]), generated: tensor([2], [2, 8]) },
        parameters: { realTarget: 0.9, generatedTarget: 0 },
        gives: { probability: [about('0.700000'), about('0.245455')] },
      },
      {
        says: 'on both sides, where only one of them comes',
        inputs: { data: tensor([2], [1, 0]), generated: tensor([2], [0, 1]) },
        parameters: { realTarget: 0.75, generatedTarget: 0.25 },
        gives: { probability: [0.75, 0.25] },
      },
    ],
  }),
  worked('slopes-by-hand', {
    of: smoothedValueGradient,
    title:
      'a discriminator that is certain by 10,000 is drawn back, and one at the target is left alone',
    kills: [slopesUnsmoothed, slopesScaled, descends],
    inputs: {
      real: tensor([2], [1e4, 0]),
      generated: tensor([1], [-1e4]),
      dValue: tensor([], [8]),
    },
    parameters: { realTarget: 0.5, generatedTarget: 0.25 },
    gives: { dReal: [-2, 0], dGenerated: [2] },
  }),
)
