import { sum } from '../../../reference/arithmetic/array.ts'
import { shortTermBias, shortTermShare } from '../../../spec/bptt/short-term-bias.ts'
import { integer, real } from '../../../spec/language/parameter.ts'
import { agreement } from '../../kit/agreement.ts'
import { row, scalar } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { about, worked } from '../../kit/worked.ts'
import {
  countsSteps,
  firstStepFirst,
  firstStepsShare,
  infiniteSequence,
  keepsSigns,
  oneStepMore,
  zeroToTheZero,
} from './short-term-bias-faults.ts'

const fading = {
  ...shortTermShare,
  usual: [],
  constraints: [],
  parameters: {
    weight: real({ from: -0.9, to: 0.9, values: [0.5, -0.5, 0.9, 0.25] }),
    steps: integer({ min: 2, upTo: 12 }),
  },
}

export const shortTermProperties = properties(
  shortTermBias,
  agreement(shortTermShare, 'reals', {
    name: 'agrees',
    kills: [firstStepsShare, firstStepFirst, oneStepMore, keepsSigns, countsSteps, zeroToTheZero],
  }),
  law('closed-form', {
    of: fading,
    asks: [shortTermShare],
    title: 'the share of m steps of T is (1 − |a|^m) / (1 − |a|^T)',
    kills: [infiniteSequence, firstStepsShare, countsSteps],
    share: 0.3,
    async holds({ arithmetic, measure, parameters: { weight, steps } }) {
      const { exact, multiply, subtract } = arithmetic
      const a = exact(Math.abs(weight))
      const rest = (k: number) => {
        let power = exact(1)
        for (let i = 0; i < k; i++) power = multiply(power, a)
        return subtract(exact(1), power)
      }
      const comparisons = []
      for (const last of [0, 1, steps - 1, steps]) {
        const { share } = await measure(shortTermShare, {}, { weight, steps, last })
        comparisons.push({
          label: `the share of ${last} steps times 1 − |a|^T`,
          expected: scalar(rest(last)),
          actual: scalar(multiply(share.at(), rest(steps))),
        })
      }
      return comparisons
    },
  }),
  law('rises', {
    of: fading,
    asks: [shortTermShare],
    title: 'more steps have a larger share, all of them have all',
    kills: [infiniteSequence],
    share: 0.15,
    async holds({ arithmetic, measure, parameters: { weight, steps } }) {
      const shares = []
      for (let last = 0; last <= steps; last++) {
        shares.push((await measure(shortTermShare, {}, { weight, steps, last })).share.at())
      }
      const [all, one] = [row(shares.at(-1)!), row(arithmetic.exact(1))]
      return [
        atMost(arithmetic, 'shares of more and more steps', ...shares),
        { label: 'the share of all steps', expected: one, actual: all },
      ]
    },
  }),
  law('shares', {
    of: fading,
    asks: [shortTermShare],
    title: 'the share of the last step is what it contributes of all',
    kills: [firstStepsShare, oneStepMore],
    share: 0.3,
    async holds({ arithmetic, measure, parameters: { weight, steps } }) {
      const { multiply } = arithmetic
      const { contributions, share } = await measure(shortTermShare, {}, { weight, steps, last: 1 })
      const all = sum(arithmetic, [steps], (s) => contributions.at(s))
      return [
        {
          label: 'its contribution',
          expected: scalar(arithmetic.exact(1)),
          actual: scalar(contributions.at(steps - 1)),
        },
        {
          label: 'its share of all',
          expected: scalar(contributions.at(steps - 1)),
          actual: scalar(multiply(share.at(), all)),
        },
      ]
    },
  }),
  worked('halves', {
    of: shortTermShare,
    title: 'with a half as weight, the last of three steps has four sevenths',
    kills: [firstStepsShare, firstStepFirst, infiniteSequence],
    cases: [
      {
        says: 'a half',
        parameters: { weight: 0.5, steps: 3, last: 1 },
        gives: { contributions: [0.25, 0.5, 1], share: [about('0.5714')] },
      },
      {
        says: 'one',
        parameters: { weight: -1, steps: 4, last: 1 },
        gives: { contributions: [1, 1, 1, 1], share: [0.25] },
      },
      {
        says: 'ten of a hundred steps at 0.9',
        parameters: { weight: 0.9, steps: 100, last: 10 },
        gives: { share: [about('0.6513')] },
      },
      {
        says: 'no weight',
        parameters: { weight: 0, steps: 3, last: 1 },
        gives: { contributions: [0, 0, 1], share: [1] },
      },
    ],
  }),
)
