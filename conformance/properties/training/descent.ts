import { build } from '../../../reference/arithmetic/array.ts'
import { array, derived } from '../../../spec/language/operation.ts'
import { integer } from '../../../spec/language/parameter.ts'
import {
  descend,
  divergenceThreshold,
  quadratic,
  quadraticGradient,
} from '../../../spec/training/descent.ts'
import { agreement, agreementTwice } from '../../kit/agreement.ts'
import { memberAt } from '../../kit/along.ts'
import { changed } from '../../kit/arrays.ts'
import { atMost, truths } from '../../kit/claims.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { withParameters } from '../../kit/spaces.ts'
import { stepwise } from '../../kit/stepwise.ts'
import { tensor } from '../../kit/tensor.ts'
import {
  ascends,
  clipsGradient,
  decaysRate,
  gradientForgetsFactor,
  gradientForgetsMinimum,
  gradientLopsided,
  halfAsSteep,
  lossAroundOrigin,
  slipsOnce,
  startsLate,
  takesWholeForm,
  twiceAsSteep,
  updatesInPlace,
  usesMatrixAsIs,
} from './descent-faults.ts'
import { spectral, spectralSpace } from './descent-spectra.ts'
import { transientProperties } from './descent-transient.ts'

/** Rates as eighths of the threshold 2 / λ_max, of either side, never nearer than an eighth. */
const below = { eighth: integer({ min: 1, upTo: 7, max: 7 }) }
const above = { eighth: integer({ min: 9, upTo: 16, max: 16 }) }

const thresholdProperties = properties(
  divergenceThreshold,
  agreementTwice(quadratic, { name: 'loss', kills: [takesWholeForm, lossAroundOrigin] }),
  agreementTwice(quadraticGradient, {
    name: 'gradient',
    kills: [gradientLopsided, gradientForgetsMinimum, gradientForgetsFactor],
  }),
  agreement(descend, 'integers', {
    kills: [twiceAsSteep, halfAsSteep, ascends, startsLate, usesMatrixAsIs, updatesInPlace],
  }),
  agreement(descend, 'reals', { kills: [twiceAsSteep, halfAsSteep, ascends] }),
  stepwise(descend, {
    states: 'trajectory',
    step: descend,
    carry: { start: 'start' },
    withStart: true,
    ask: ({ before: { start }, inputs: { matrix, minimum }, parameters }) => ({
      inputs: { matrix: matrix!, minimum: minimum!, start: start! },
      parameters: { ...parameters, steps: 1 },
    }),
    gives: ({ trajectory }) => ({ trajectory: memberAt(trajectory!, 0, 1) }),
    kills: [slipsOnce, decaysRate, updatesInPlace],
    share: 0.4,
  }),
  law('closed-form', {
    of: withParameters(spectralSpace, below),
    asks: [descend],
    title: 'each step multiplies the component along an eigenvector by 1 − ηλ',
    kills: [twiceAsSteep, halfAsSteep, decaysRate, updatesInPlace, startsLate],
    share: 0.4,
    async holds({ exact, inputs, measure, parameters }) {
      const the = spectral(inputs, parameters)
      const rate = parameters.eighth / 4 / the.largest
      const { trajectory } = await measure(descend, the.arguments, { rate, steps: 4 })
      return [0, 1, 2, 3, 4].map((t) => ({
        label: `x_${t}`,
        expected: exact(
          the.place(the.components.map((z, i) => z * (1 - rate * the.eigenvalues[i]!) ** t)),
        ),
        actual: build([4], (i) => trajectory.at(t, i)),
      }))
    },
  }),
  law('converges-below', {
    of: withParameters(spectralSpace, below),
    asks: [descend],
    title: 'below the threshold the loss shrinks at least by the square of the slowest factor',
    kills: [twiceAsSteep, ascends, clipsGradient],
    share: 0.4,
    async holds({ arithmetic, inputs, measure, parameters }) {
      const the = spectral(inputs, parameters)
      const rate = parameters.eighth / 4 / the.largest
      const slowest = Math.max(...the.eigenvalues.map((lambda) => Math.abs(1 - rate * lambda)))
      const { losses } = await measure(descend, the.arguments, { rate, steps: 6 })
      return losses.data.map((loss, t) => {
        const bound = arithmetic.multiply(arithmetic.exact(slowest ** (2 * t)), losses.at(0))
        return atMost(arithmetic, `f(x_${t}) ≤ q^${2 * t} f(x_0)`, loss, bound)
      })
    },
  }),
  law('diverges-above', {
    of: withParameters(spectralSpace, above),
    asks: [descend],
    title: 'above the threshold the loss outgrows its start as the steepest component does',
    kills: [halfAsSteep, clipsGradient, decaysRate],
    share: 0.4,
    async holds({ arithmetic, inputs, measure, parameters }) {
      const the = spectral(inputs, parameters)
      const rate = parameters.eighth / 4 / the.largest
      const { losses } = await measure(descend, the.arguments, { rate, steps: 10 })
      const alone = (the.largest / 2) * the.components[0]! ** 2
      const growth = (parameters.eighth / 4 - 1) ** 2
      const least = (t: number) => arithmetic.exact(alone * growth ** t)
      return [
        truths(arithmetic, 'f(x_10) > f(x_0)', arithmetic.less(losses.at(0), losses.at(10))),
        ...[1, 5, 10].map((t) =>
          atMost(arithmetic, `λ/2 (1 − ηλ)^${2 * t} z² ≤ f(x_${t})`, least(t), losses.at(t)),
        ),
      ]
    },
  }),
  law('overflows', {
    of: spectralSpace,
    asks: [descend],
    title: 'far above the threshold the loss ends as infinity, as NaN, or beyond 10³⁰',
    kills: [clipsGradient, decaysRate],
    share: 0.05,
    async holds({ answer, arithmetic, inputs, parameters }) {
      const the = spectral(inputs, parameters)
      const rate = 1024 / the.largest
      const { losses } = await answer(descend, the.arguments, { rate, steps: 12 })
      return [truths(arithmetic, 'diverged', !(arithmetic.toNumber(losses.at(12)) <= 1e30))]
    },
  }),
  law('without-the-steepest', {
    of: {
      dimensions: { Two: derived(() => 2, 'a steep and a flat direction') },
      inputs: {
        components: array('the start; its steep component is left out', 'Two'),
        minimum: array('where the gradient is zero', 'Two'),
      },
      parameters: above,
    },
    asks: [descend],
    title:
      'above the threshold, a start without a component along the steepest direction converges',
    kills: [ascends],
    share: 0.2,
    async holds({ arithmetic, inputs: { components, minimum }, measure, parameters }) {
      const matrix = tensor([2, 2], [4, 0, 0, 1])
      const start = changed(minimum, (c, i) => (i === 1 ? c + (components.data[1]! || 1) : c))
      const rate = parameters.eighth / 4 / 4
      const { losses } = await measure(descend, { matrix, minimum, start }, { rate, steps: 5 })
      return [truths(arithmetic, 'f(x_5) < f(x_0)', arithmetic.less(losses.at(5), losses.at(0)))]
    },
  }),
  law('scale-free', {
    of: withParameters(spectralSpace, above),
    asks: [descend],
    title: 'a loss four times as steep with a quarter of the rate takes the same way',
    kills: [clipsGradient],
    share: 0.4,
    async holds({ arithmetic, inputs, measure, parameters }) {
      const { exact, multiply } = arithmetic
      const the = spectral(inputs, parameters)
      const rate = parameters.eighth / 4 / the.largest
      const steep = { ...the.arguments, matrix: changed(the.arguments.matrix, (a) => 4 * a) }
      const one = await measure(descend, the.arguments, { rate, steps: 3 })
      const four = await measure(descend, steep, { rate: rate / 4, steps: 3 })
      const times4 = build([4], (t) => multiply(exact(4), one.losses.at(t)))
      return [
        { label: 'trajectory', expected: one.trajectory, actual: four.trajectory },
        { label: 'losses', expected: times4, actual: four.losses },
      ]
    },
  }),
)

export const descentProperties = [...thresholdProperties, ...transientProperties]
