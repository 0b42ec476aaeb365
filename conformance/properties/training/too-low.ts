import { integer } from '../../../spec/language/parameter.ts'
import { descend } from '../../../spec/training/descent.ts'
import { stepsToShrink, tooLow } from '../../../spec/training/too-low.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement } from '../../kit/agreement.ts'
import { atMost, truths } from '../../kit/claims.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { withParameters } from '../../kit/spaces.ts'
import { tensor } from '../../kit/tensor.ts'
import { ascends, halfAsSteep, twiceAsSteep } from './descent-faults.ts'
import { spectral, spectralSpace } from './descent-spectra.ts'
import {
  acceptsAnyRate,
  forgetsCurvature,
  linearizes,
  roundsDown,
  sharesSwapped,
  shrinksLoss,
} from './too-low-faults.ts'

export const tooLowProperties = properties(
  tooLow,
  agreement(stepsToShrink, 'reals', {
    kills: [roundsDown, shrinksLoss, linearizes, forgetsCurvature],
  }),
  law('simulated', {
    of: stepsToShrink,
    asks: [stepsToShrink, descend],
    title: 'descent along one direction first gets that near after just so many steps',
    kills: [roundsDown, shrinksLoss, linearizes, forgetsCurvature],
    share: 0.3,
    async holds({ answer, arithmetic, measure, parameters }) {
      const { rate, curvature, shrink } = parameters
      const { steps } = await answer(stepsToShrink, {}, parameters)
      const count = Math.min(500, Math.max(1, arithmetic.toNumber(steps.at())))
      const { trajectory } = await measure(
        descend,
        {
          matrix: tensor([1, 1], [curvature]),
          minimum: tensor([1], [0]),
          start: tensor([1], [1]),
        },
        { rate, steps: count },
      )
      const far = (t: number) => arithmetic.less(arithmetic.exact(shrink), trajectory.at(t, 0))
      return [
        truths(arithmetic, 'near enough after the last step', !far(count)),
        truths(arithmetic, 'but not before', far(count - 1)),
      ]
    },
  }),
  law('inverse-of-rate', {
    of: stepsToShrink,
    title: 'the number of steps lies between (1/ηλ − 1) ln(1/ε) and 1/ηλ ln(1/ε)',
    kills: [shrinksLoss, forgetsCurvature, sharesSwapped],
    async holds({ arithmetic, measure, parameters }) {
      const { exact } = await measure(stepsToShrink, {}, parameters)
      const share = parameters.rate * parameters.curvature
      const folds = Math.log(1 / parameters.shrink)
      const [least, most] = [1 / share - 1, 1 / share].map((n) => arithmetic.exact(n * folds))
      return [atMost(arithmetic, 'least ≤ exact ≤ most', least!, exact.at(), most!)]
    },
  }),
  law('halved-rate', {
    of: stepsToShrink,
    title: 'with ηλ ≤ 1/5, half the rate takes 2 to 2.12 times the steps',
    kills: [sharesSwapped],
    async holds({ arithmetic, measure, parameters }) {
      const rate = Math.min(parameters.rate, 0.2 / parameters.curvature)
      const whole = await measure(stepsToShrink, {}, { ...parameters, rate })
      const half = await measure(stepsToShrink, {}, { ...parameters, rate: rate / 2 })
      const times = (factor: number) =>
        arithmetic.multiply(arithmetic.exact(factor), whole.exact.at())
      return [
        truths(arithmetic, 'more than twice', arithmetic.less(times(2), half.exact.at())),
        atMost(arithmetic, 'at most 2.12 times', half.exact.at(), times(2.12)),
      ]
    },
  }),
  law('falls-always', {
    of: withParameters(spectralSpace, { sixteenth: integer({ min: 1, upTo: 15, max: 15 }) }),
    asks: [descend],
    title: 'below the inverse of the largest curvature the loss falls in every step',
    kills: [ascends, twiceAsSteep, halfAsSteep],
    async holds({ arithmetic, inputs, measure, parameters }) {
      const { exact, less, multiply } = arithmetic
      const the = spectral(inputs, parameters)
      const slow = parameters.sixteenth / 16
      const rate = slow / the.largest
      const { losses } = await measure(descend, the.arguments, { rate, steps: 3 })
      // The steepest component shrinks fastest, the flattest slowest: both bound the loss.
      const flattest = the.eigenvalues.at(-1)! / the.largest
      const [fastest, slowest] = [(1 - slow) ** 2, (1 - slow * flattest) ** 2].map((q) => exact(q))
      return [0, 1, 2].flatMap((t) => {
        const [before, after] = [losses.at(t), losses.at(t + 1)]
        const [least, most] = [multiply(fastest!, before), multiply(slowest!, before)]
        return [
          truths(arithmetic, `f(x_${t + 1}) < f(x_${t})`, less(after, before)),
          atMost(arithmetic, `f(x_${t + 1}), not faster and not slower`, least, after, most),
        ]
      })
    },
  }),
  rejection('rejected', stepsToShrink, invalidities(stepsToShrink), {
    title: 'rates at which no step count is defined are rejected',
    kills: [acceptsAnyRate],
  }),
)
