import { build, elementwise } from '../../../reference/arithmetic/array.ts'
import { jensenShannon } from '../../../spec/gan/jsd-equivalence.ts'
import { optimalDiscriminator } from '../../../spec/gan/optimal-discriminator.ts'
import { bayesAccuracy, binomialTest, turingTest } from '../../../spec/gan/turing-test.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, plain, row, scalar } from '../../kit/arrays.ts'
import { between } from '../../kit/between.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { about, worked } from '../../kit/worked.ts'
import {
  addsWhole,
  asTheyAre,
  beyondOne,
  doublesOneSide,
  errsInstead,
  euclidean,
  moreOnly,
  normalInstead,
  oneSideForTwo,
  rightOnData,
  wholeDistance,
} from './turing-test-faults.ts'

export const turingTestProperties = properties(
  turingTest,
  ...agreementTwice(
    bayesAccuracy,
    {
      name: 'accuracy',
      kills: [wholeDistance, addsWhole, rightOnData, errsInstead, asTheyAre, euclidean],
      share: 0.6,
    },
    { kills: [wholeDistance, addsWhole, errsInstead, euclidean] },
  ),
  ...agreementTwice(
    binomialTest,
    {
      name: 'test',
      kills: [moreOnly, doublesOneSide, oneSideForTwo, beyondOne, normalInstead],
      share: 0.5,
    },
    { kills: [moreOnly, doublesOneSide, oneSideForTwo, normalInstead] },
  ),
  law('pinsker', {
    of: bayesAccuracy,
    asks: [bayesAccuracy, jensenShannon],
    title: 'the square of the distance is at most twice the Jensen–Shannon divergence',
    kills: [wholeDistance],
    share: 0.3,
    async holds({ arithmetic, inputs, measure }) {
      const { exact, multiply } = arithmetic
      const { variation } = await measure(bayesAccuracy, inputs, {})
      const { divergence } = await measure(jensenShannon, inputs, {})
      const square = scalar(multiply(variation.at(), variation.at()))
      const most = scalar(multiply(exact(2), divergence.at()))
      return [between(arithmetic, 'TV²', square, null, most)]
    },
  }),
  law('by-the-discriminator', {
    of: bayesAccuracy,
    asks: [bayesAccuracy, optimalDiscriminator],
    title: 'whoever follows the best discriminator from ½ on is right as often',
    kills: [addsWhole, rightOnData, errsInstead],
    share: 0.3,
    async holds({ arithmetic, inputs, measure }) {
      const { divide, exact, toNumber, total } = arithmetic
      const { accuracy } = await measure(bayesAccuracy, inputs, {})
      const { probability } = await measure(optimalDiscriminator, inputs, {})
      const weights = (name: 'data' | 'generated') => {
        const { data } = plain(inputs[name])
        const all = exact(data.reduce((sum, w) => sum + w, 0))
        return data.map((w) => divide(exact(w), all))
      }
      const [p, q] = [weights('data'), weights('generated')]
      // At ½ either answer is right as often.
      const told = probability.data.map((d, n) => (toNumber(d) > 0.5 ? p[n]! : q[n]!))
      const expected = scalar(divide(total(told), exact(2)))
      return [{ label: 'accuracy', expected, actual: accuracy }]
    },
  }),
  equivariance('either', {
    of: bayesAccuracy,
    title: 'real and generated samples exchanged are told apart as well',
    kills: [rightOnData],
    share: 0.3,
    inputs: ({ data, generated }) => ({ data: generated, generated: data }),
  }),
  equivariance('mirrored', {
    of: binomialTest,
    title: 'wrong answers for right ones are as far from guessing',
    kills: [doublesOneSide],
    share: 0.3,
    inputs: ({ right }, { parameters: { trials } }) => ({
      right: changed(right, (r) => trials - r),
    }),
    compared: ({ twoSided }) => ({ twoSided }),
  }),
  law('tails', {
    of: {
      dimensions: {},
      inputs: {},
      parameters: { trials: integer({ min: 1, upTo: 30 }) },
    },
    asks: [binomialTest],
    title:
      'counts of r or more and of fewer make 1, and a false alarm is as likely as the test says',
    kills: [moreOnly, normalInstead, beyondOne],
    share: 0.3,
    async holds({ arithmetic, exact, measure, parameters: { trials } }) {
      const { add, exact: known } = arithmetic
      const right = build([trials + 1], (r) => r)
      const { oneSided, twoSided } = await measure(binomialTest, { right }, { trials })
      // Fewer than r right answers are more than n − r wrong ones.
      const whole = build([trials], (r) => add(oneSided.at(r + 1), oneSided.at(trials - r)))
      const beyond = (r: number) => {
        const far = Math.max(r, trials - r)
        return 2 * far === trials ? known(1) : add(oneSided.at(far), oneSided.at(far))
      }
      return [
        { label: 'both sides', expected: elementwise(whole, () => known(1)), actual: whole },
        { label: 'as far or farther', expected: build([trials + 1], beyond), actual: twoSided },
        { label: 'none or more', expected: exact(row(1)), actual: row(oneSided.at(0)) },
      ]
    },
  }),
  worked('by-hand', {
    of: bayesAccuracy,
    title: 'one of two points for certain against a coin: ¾; the same: ½; nothing in common: 1',
    kills: [wholeDistance, addsWhole, errsInstead],
    cases: [
      {
        inputs: { data: tensor([2], [1, 1]), generated: tensor([2], [1, 0]) },
        gives: { accuracy: [0.75], variation: [0.5] },
      },
      {
        inputs: { data: tensor([2], [1, 3]), generated: tensor([2], [2, 6]) },
        gives: { accuracy: [0.5] },
      },
      {
        inputs: { data: tensor([2], [0, 4]), generated: tensor([2], [4, 0]) },
        gives: { accuracy: [1], variation: [1] },
      },
    ],
  }),
  worked('published', {
    of: binomialTest,
    title: '60 of 100 right: 0.0284 on one side, 0.0569 on both; 3 of 4: 5/16 and 5/8',
    kills: [moreOnly, oneSideForTwo, normalInstead],
    cases: [
      {
        says: '60, 50 and 40 of 100',
        inputs: { right: tensor([3], [60, 50, 40]) },
        parameters: { trials: 100 },
        gives: { twoSided: [about('0.0569'), 1, about('0.0569')] },
      },
      {
        says: '60 of 100',
        inputs: { right: tensor([1], [60]) },
        parameters: { trials: 100 },
        gives: { oneSided: [about('0.0284')] },
      },
      {
        says: '3 and 4 of 4, by the row 1, 4, 6, 4, 1',
        inputs: { right: tensor([2], [3, 4]) },
        parameters: { trials: 4 },
        gives: { oneSided: [0.3125, 0.0625], twoSided: [0.625, 0.125] },
      },
    ],
  }),
)
