import { build, sum } from '../../../reference/arithmetic/array.ts'
import { inceptionScore } from '../../../spec/gan/inception-score.ts'
import { bestResponse, modeCollapse, modeCoverage } from '../../../spec/gan/mode-collapse.ts'
import { generatorLosses } from '../../../spec/gan/nonsaturating.ts'
import { free, type Parameters, whole } from '../../../spec/language/operation.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { agreement, agreementTwice } from '../../kit/agreement.ts'
import { changed, permuted, plain, row, scalar, zeros } from '../../kit/arrays.ts'
import { between } from '../../kit/between.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { withParameters } from '../../kit/spaces.ts'
import { tensor } from '../../kit/tensor.ts'
import { about, worked } from '../../kit/worked.ts'
import {
  anySample,
  asTheyAre,
  bestOfMade,
  countsSamples,
  firstAlone,
  leastBelieved,
  leavesLast,
  moreThanLeast,
  nonSaturating,
  overflows,
  sharesForCounts,
  spreadsOut,
} from './mode-collapse-faults.ts'
import { lossesInBits } from './nonsaturating-faults.ts'

export const modeCollapseProperties = properties(
  modeCollapse,
  ...agreementTwice(
    bestResponse,
    {
      name: 'response',
      kills: [leastBelieved, firstAlone, spreadsOut, bestOfMade, asTheyAre, nonSaturating],
      share: 0.6,
    },
    { kills: [leastBelieved, spreadsOut, bestOfMade, nonSaturating, overflows] },
  ),
  agreement(modeCoverage, 'integers', {
    name: 'coverage',
    kills: [moreThanLeast, anySample, countsSamples, leavesLast, sharesForCounts],
  }),
  law('no-generator-is-below', {
    of: bestResponse,
    values: 'reals',
    title: 'no generator is below the least loss, and one that makes a best point has it',
    kills: [spreadsOut, leastBelieved],
    share: 0.4,
    async holds({ arithmetic, inputs, measure }) {
      const { losses, best } = await measure(bestResponse, inputs, {})
      const generated = changed(plain(inputs.logits), (_, n) => arithmetic.toNumber(best.at(n)))
      const collapsed = await measure(bestResponse, { ...inputs, generated }, {})
      return [
        between(arithmetic, 'loss', scalar(losses.at(0)), scalar(losses.at(1)), null),
        {
          label: 'on the best points',
          expected: row(losses.at(1), losses.at(1)),
          actual: collapsed.losses,
        },
      ]
    },
  }),
  law('linear', {
    of: bestResponse,
    title: 'the loss of a mixture is the mean of those of its points',
    kills: [asTheyAre],
    share: 0.3,
    async holds({ arithmetic, inputs, measure, sizes: { N } }) {
      const { divide, exact, multiply } = arithmetic
      const weights = plain(inputs.generated)
      const all = weights.data.reduce((total, w) => total + w, 0)
      const { losses } = await measure(bestResponse, inputs, {})
      const points = Array.from({ length: N! }, (_, n) => n)
      const alone = await Promise.all(
        points.map(async (n) => {
          const generated = changed(weights, (_, at) => (at === n ? 1 : 0))
          return (await measure(bestResponse, { ...inputs, generated }, {})).losses.at(0)
        }),
      )
      const mean = sum(arithmetic, [N!], (n) =>
        multiply(divide(exact(weights.at(n)), exact(all)), alone[n]!),
      )
      return [{ label: 'loss', expected: scalar(mean), actual: scalar(losses.at(0)) }]
    },
  }),
  law('non-saturating', {
    of: bestResponse,
    asks: [bestResponse, generatorLosses],
    values: 'reals',
    title:
      'no point has a lower non-saturating loss than those that are best by the saturating one',
    kills: [leastBelieved],
    share: 0.3,
    async holds({ arithmetic, inputs, measure, sizes: { N } }) {
      const { best } = await measure(bestResponse, inputs, {})
      const jacobian = zeros([N!, 1])
      const given = await measure(generatorLosses, { logits: inputs.logits, jacobian }, {})
      const losses = given.nonSaturating
      const collapsed = best.data.findIndex((b) => arithmetic.toNumber(b) === 1)
      const least = build([N!], () => losses.at(collapsed))
      return [between(arithmetic, 'non-saturating loss', losses, least, null)]
    },
  }),
  equivariance('renamed', {
    of: modeCoverage,
    within: withParameters(modeCoverage, { by: integer({ min: 1, upTo: 9 }) }),
    title: 'modes in another order have their counts in that order, and as many are covered',
    kills: [leavesLast],
    share: 0.3,
    inputs: ({ assigned }, { parameters: { by, modes } }) => ({
      assigned: changed(assigned, (m) => (m + by) % modes),
    }),
    outputs: ({ counts }, { parameters: { by, modes } }) => ({
      counts: permuted(counts, (c) => [(((c - by) % modes) + modes) % modes]),
    }),
  }),
  law('collapse', {
    of: {
      dimensions: { N: free(2, 8, 'generated samples') },
      inputs: {
        assigned: whole(({ modes }: Parameters) => [0, modes - 1], 'the mode of each', 'N'),
      },
      parameters: { modes: integer({ min: 2, upTo: 8 }) },
    },
    asks: [modeCoverage, inceptionScore],
    title:
      'after a collapse one mode is covered and the inception score is 1; else it is at most as many',
    kills: [countsSamples, sharesForCounts],
    share: 0.3,
    async holds({ arithmetic, exact, inputs, measure, parameters: { modes }, sizes: { N } }) {
      const scoreOf = async (assigned: ReturnType<typeof plain>) => {
        const probabilities = build([N!, modes], (n, c) => (assigned.at(n) === c ? 1 : 0))
        const given = await measure(inceptionScore, { probabilities }, { splits: 1 })
        return scalar(given.score.at(0))
      }
      const coverage = (assigned: ReturnType<typeof plain>) =>
        measure(modeCoverage, { assigned }, { modes, least: 1 })
      const any = plain(inputs.assigned)
      const one = build([N!], () => any.at(0))
      const [some, collapsed] = [await coverage(any), await coverage(one)]
      return [
        {
          label: 'covered after a collapse',
          expected: exact(scalar(1)),
          actual: collapsed.covered,
        },
        {
          label: 'all in one mode',
          expected: exact(scalar(N!)),
          actual: scalar(collapsed.counts.at(any.at(0))),
        },
        { label: 'score after a collapse', expected: exact(scalar(1)), actual: await scoreOf(one) },
        between(arithmetic, 'score', await scoreOf(any), null, some.covered),
      ]
    },
  }),
  worked('by-hand', {
    of: bestResponse,
    title: 'logits 0 and ln 3 lose ln 2 and 2 ln 2; ±10,000 stay finite',
    kills: [leastBelieved, spreadsOut, overflows],
    cases: [
      {
        says: 'half of each',
        inputs: { logits: tensor([2], [0, 1.0986123]), generated: tensor([2], [1, 1]) },
        gives: { losses: [about('-1.039721'), about('-1.386294')], best: [0, 1] },
      },
      {
        says: 'two points that are believed alike',
        inputs: { logits: tensor([3], [10000, -10000, 10000]), generated: tensor([3], [0, 1, 0]) },
        gives: { losses: [0, -10000], best: [1, 0, 1] },
      },
    ],
  }),
  worked('E-84', {
    of: generatorLosses,
    title: 'the non-saturating loss of the one point is the least, as the saturating one is',
    kills: [lossesInBits],
    inputs: { logits: tensor([2], [0, 1.0986123]), jacobian: tensor([2, 1], [0, 0]) },
    gives: {
      saturating: [about('-0.693147'), about('-1.386294')],
      nonSaturating: [about('0.693147'), about('0.287682')],
    },
  }),
  worked('digits', {
    of: modeCoverage,
    title: 'of ten digits, seven samples of the digit 3 and one of the digit 8 cover two, or one',
    kills: [moreThanLeast, anySample, countsSamples],
    cases: [
      {
        inputs: { assigned: tensor([8], [3, 3, 8, 3, 3, 3, 3, 3]) },
        parameters: { modes: 10, least: 1 },
        gives: { counts: [0, 0, 0, 7, 0, 0, 0, 0, 1, 0], covered: [2] },
      },
      {
        inputs: { assigned: tensor([8], [3, 3, 8, 3, 3, 3, 3, 3]) },
        parameters: { modes: 10, least: 2 },
        gives: { covered: [1] },
      },
    ],
  }),
)
