import { choice, integer } from '../../../spec/language/parameter.ts'
import { classifier, diagnoseRate } from '../../../spec/training/classifier.ts'
import { descend } from '../../../spec/training/descent.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed, numbers, scalar } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { withParameters } from '../../kit/spaces.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  callsSlowGood,
  forgetsTheEnd,
  looksForIncrease,
  measuresAbsolutely,
  overlooksNaN,
} from './classifier-faults.ts'
import { clipsGradient, decaysRate } from './descent-faults.ts'
import { spectral, spectralSpace } from './descent-spectra.ts'

const { dimensions, inputs } = diagnoseRate

/** The thresholds of the clause. */
const parameters = { growth: 2, progress: 0.1 }

/** Rates that lead to each diagnosis, as shares of the inverse of the largest curvature. */
const rates = { high: [2.5, 3, 4], low: [2 ** -9, 2 ** -10, 2 ** -11], right: [0.25, 0.375, 0.5] }
const codes = { high: 0, low: 1, right: 2 }

export const classifierProperties = properties(
  classifier,
  agreement(diagnoseRate, 'integers', {
    kills: [looksForIncrease, forgetsTheEnd, callsSlowGood],
  }),
  agreement(diagnoseRate, 'reals', {
    kills: [looksForIncrease, forgetsTheEnd],
  }),
  law('not-finite', {
    of: {
      dimensions,
      inputs,
      parameters: {
        value: choice('NaN', 'Infinity'),
        place: integer({ min: 0, upTo: 11, max: 11 }),
      },
    },
    asks: [diagnoseRate],
    title: 'a curve with NaN or infinity anywhere has diverged',
    kills: [overlooksNaN],
    async holds({ answer, exact, inputs, parameters: { value, place }, sizes: { T } }) {
      const losses = changed(inputs.losses, (loss, t) => (t === place % T ? Number(value) : loss))
      const { diagnosis } = await answer(diagnoseRate, { losses }, parameters)
      return [{ label: 'diagnosis', expected: exact(scalar(0)), actual: diagnosis }]
    },
  }),
  law('curves-of-descent', {
    of: withParameters(spectralSpace, {
      rate: choice('high', 'low', 'right'),
      which: integer({ min: 0, upTo: 2, max: 2 }),
    }),
    asks: [diagnoseRate, descend],
    title: 'descent above the threshold, far below the inverse curvature, and below it',
    kills: [callsSlowGood, clipsGradient, decaysRate],
    share: 0.5,
    async holds({ answer, arithmetic, exact, inputs, parameters: { rate, which, ...spectrum } }) {
      const the = spectral(inputs, spectrum)
      const step = { rate: rates[rate][which]! / the.largest, steps: 12 }
      const { losses } = await answer(descend, the.arguments, step)
      const curve = { losses: numbers(arithmetic, losses) }
      const { diagnosis } = await answer(diagnoseRate, curve, parameters)
      return [{ label: rate, expected: exact(scalar(codes[rate])), actual: diagnosis }]
    },
  }),
  equivariance('scale-free', {
    of: diagnoseRate,
    title: 'a loss in other units has the same diagnosis',
    kills: [measuresAbsolutely],
    inputs: ({ losses }) => ({ losses: changed(losses, (loss) => loss / 64) }),
  }),
  worked('worked-by-hand', {
    of: diagnoseRate,
    title: 'one curve of each kind',
    kills: [looksForIncrease, forgetsTheEnd, callsSlowGood],
    cases: (
      [
        [0, [4, 2, 9]],
        [1, [4, 3.9375, 3.875]],
        [1, [4, 4, 4]],
        [2, [4, 3, 2]],
        [2, [4, 1, 3, 2]],
        [3, [4, 2, 2]],
        [3, [4, 5, 4]],
        [3, [0, 0, 0]],
      ] as const
    ).map(([diagnosis, curve]) => ({
      inputs: { losses: tensor([curve.length], curve) },
      parameters,
      gives: { diagnosis: [diagnosis] },
    })),
  }),
)
