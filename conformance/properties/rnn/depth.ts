import { pathLengths, placements } from '../../../spec/rnn/depth.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement } from '../../kit/agreement.ts'
import { scalar } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { worked } from '../../kit/worked.ts'
import { acceptsNoLayers, everyStepIn, noSkips, skipsLongest, stepsAndOne } from './depth-faults.ts'

export const depthProperties = properties(
  placements,
  agreement(pathLengths, 'integers', { kills: [everyStepIn, stepsAndOne, skipsLongest, noSkips] }),
  equivariance('into', {
    of: pathLengths,
    title: 'a layer more into the state makes a whole path one longer, and none between states',
    kills: [everyStepIn],
    share: 0.3,
    parameters: ({ into }) => ({ into: into + 1 }),
    outputs: ({ longest, shortest }, { arithmetic: { add, exact } }) => ({
      longest: scalar(add(longest.at(), exact(1))),
      shortest: scalar(add(shortest.at(), exact(1))),
    }),
  }),
  law('every-step', {
    of: pathLengths,
    title:
      'a layer more between states makes the longest path longer by one for each step but the first',
    kills: [stepsAndOne, skipsLongest],
    share: 0.3,
    async holds({ arithmetic, measure, parameters }) {
      const { add, exact } = arithmetic
      const { between, steps } = parameters
      const given = await measure(pathLengths, {}, parameters)
      const deeper = await measure(pathLengths, {}, { ...parameters, between: between + 1 })
      return [
        {
          label: 'longest',
          expected: scalar(add(given.longest.at(), exact(steps - 1))),
          actual: deeper.longest,
        },
        {
          label: 'nextLongest',
          expected: scalar(add(given.nextLongest.at(), exact(1))),
          actual: deeper.nextLongest,
        },
      ]
    },
  }),
  law('skips', {
    of: pathLengths,
    title: 'past the layers between states it is as far as with a single one, and never farther',
    kills: [noSkips],
    share: 0.3,
    async holds({ arithmetic, measure, parameters }) {
      const skipping = await measure(pathLengths, {}, { ...parameters, skip: true })
      const plain = await measure(pathLengths, {}, { ...parameters, skip: false, between: 1 })
      return [
        { label: 'shortest', expected: plain.longest, actual: skipping.shortest },
        atMost(arithmetic, 'shortest ≤ longest', skipping.shortest.at(), skipping.longest.at()),
      ]
    },
  }),
  worked('by-hand', {
    of: pathLengths,
    title: 'four steps with two layers between states, and with a way past them',
    kills: [everyStepIn, stepsAndOne, skipsLongest, noSkips],
    cases: [
      {
        parameters: { steps: 4, into: 2, between: 2, out: 3, skip: true },
        gives: {
          nextLongest: [2],
          nextShortest: [1],
          longest: [2 + 3 * 2 + 3],
          shortest: [2 + 3 + 3],
        },
      },
      {
        parameters: { steps: 4, into: 2, between: 2, out: 3, skip: false },
        gives: { nextLongest: [2], nextShortest: [2], longest: [11], shortest: [11] },
      },
    ],
  }),
  rejection('rejected', pathLengths, invalidities(pathLengths), {
    title: 'no steps and no layers are rejected',
    kills: [acceptsNoLayers],
    share: 0.3,
  }),
)
