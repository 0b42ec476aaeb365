import { integer } from '../../../spec/language/parameter.ts'
import { descend } from '../../../spec/training/descent.ts'
import { stepsToShrink, tooLow } from '../../../spec/training/too-low.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement } from '../../kit/agreement.ts'
import { atMost, truths } from '../../kit/claims.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
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
    async holds(bench) {
      const { arithmetic, parameters } = bench
      const { steps } = await bench.answer(stepsToShrink, {}, parameters)
      const count = Math.min(500, Math.max(1, arithmetic.toNumber(steps.at())))
      const { trajectory } = await bench.measure(
        descend,
        {
          matrix: tensor([1, 1], [Math.fround(parameters.curvature)]),
          minimum: tensor([1], [0]),
          start: tensor([1], [1]),
        },
        { rate: parameters.rate, steps: count },
      )
      const near = arithmetic.exact(parameters.shrink)
      const { less } = arithmetic
      return [
        truths(
          bench,
          'near enough after the last step, not before',
          [false, true],
          [less(near, trajectory.at(count, 0)), less(near, trajectory.at(count - 1, 0))],
        ),
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
      return [
        atMost(arithmetic, 'least', arithmetic.exact((1 / share - 1) * folds), exact.at()),
        atMost(arithmetic, 'most', exact.at(), arithmetic.exact(folds / share)),
      ]
    },
  }),
  law('halved-rate', {
    of: stepsToShrink,
    title: 'with ηλ ≤ 1/5, half the rate takes 2 to 2.12 times the steps',
    kills: [sharesSwapped],
    async holds(bench) {
      const { arithmetic, parameters } = bench
      const rate = Math.min(parameters.rate, 0.2 / parameters.curvature)
      const whole = await bench.measure(stepsToShrink, {}, { ...parameters, rate })
      const half = await bench.measure(stepsToShrink, {}, { ...parameters, rate: rate / 2 })
      const times = (factor: number) =>
        arithmetic.multiply(arithmetic.exact(factor), whole.exact.at())
      return [
        truths(bench, 'more than twice', [true], [arithmetic.less(times(2), half.exact.at())]),
        atMost(arithmetic, 'at most 2.12 times', half.exact.at(), times(2.12)),
      ]
    },
  }),
  law('falls-always', {
    of: {
      ...spectralSpace,
      parameters: {
        ...spectralSpace.parameters,
        sixteenth: integer({ min: 1, upTo: 15, max: 15 }),
      },
    },
    asks: [descend],
    title: 'below the inverse of the largest curvature the loss falls in every step',
    kills: [ascends, twiceAsSteep, halfAsSteep],
    async holds(bench) {
      const { arithmetic } = bench
      const the = spectral(bench)
      const slow = bench.parameters.sixteenth / 16
      const parameters = { rate: slow / the.largest, steps: 3 }
      const { losses } = await bench.measure(descend, the.arguments, parameters)
      // The steepest component shrinks fastest, the flattest slowest: both bound the loss.
      const flattest = the.eigenvalues.at(-1)! / the.largest
      const times = (factor: number, t: number) =>
        arithmetic.multiply(arithmetic.exact(factor), losses.at(t))
      return [0, 1, 2].flatMap((t) => [
        truths(
          bench,
          `f(x_${t + 1}) < f(x_${t})`,
          [true],
          [arithmetic.less(losses.at(t + 1), losses.at(t))],
        ),
        atMost(arithmetic, 'not faster', times((1 - slow) ** 2, t), losses.at(t + 1)),
        atMost(arithmetic, 'not slower', losses.at(t + 1), times((1 - slow * flattest) ** 2, t)),
      ])
    },
  }),
  rejection('rejected', stepsToShrink, invalidities(stepsToShrink), {
    title: 'rates at which no step count is defined are rejected',
    kills: [acceptsAnyRate],
  }),
)
