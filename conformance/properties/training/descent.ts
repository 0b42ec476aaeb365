import { build, fromData } from '../../../reference/arithmetic/array.ts'
import { array, derived } from '../../../spec/language/operation.ts'
import { integer } from '../../../spec/language/parameter.ts'
import {
  descend,
  divergenceThreshold,
  quadratic,
  quadraticGradient,
} from '../../../spec/training/descent.ts'
import { agreement } from '../../kit/agreement.ts'
import { atMost, truths } from '../../kit/claims.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
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
  startsLate,
  takesWholeForm,
  twiceAsSteep,
  updatesInPlace,
  usesMatrixAsIs,
} from './descent-faults.ts'
import { spectral, spectralSpace } from './descent-spectra.ts'
import { transientProperties } from './descent-transient.ts'

/** Rates as eighths of the threshold 2 / λ_max, of either side, never nearer than an eighth. */
const eighths = {
  below: integer({ min: 1, upTo: 7, max: 7 }),
  above: integer({ min: 9, upTo: 16, max: 16 }),
}
const rateOf = (eighth: number, largest: number) => (eighth / 4) * (1 / largest)

const thresholdProperties = properties(
  divergenceThreshold,
  agreement(quadratic, 'integers', {
    name: 'loss-exact',
    kills: [takesWholeForm, lossAroundOrigin],
  }),
  agreement(quadratic, 'reals', {
    name: 'loss-bounded',
    kills: [takesWholeForm, lossAroundOrigin],
  }),
  agreement(quadraticGradient, 'integers', {
    name: 'gradient-exact',
    kills: [gradientLopsided, gradientForgetsMinimum, gradientForgetsFactor],
  }),
  agreement(quadraticGradient, 'reals', {
    name: 'gradient-bounded',
    kills: [gradientLopsided, gradientForgetsMinimum, gradientForgetsFactor],
  }),
  agreement(descend, 'integers', {
    kills: [twiceAsSteep, halfAsSteep, ascends, startsLate, usesMatrixAsIs, updatesInPlace],
  }),
  agreement(descend, 'reals', { kills: [twiceAsSteep, halfAsSteep, ascends] }),
  law('closed-form', {
    of: { ...spectralSpace, parameters: { ...spectralSpace.parameters, eighth: eighths.below } },
    asks: [descend],
    title: 'each step multiplies the component along an eigenvector by 1 − ηλ',
    kills: [twiceAsSteep, halfAsSteep, decaysRate, updatesInPlace, startsLate],
    share: 0.4,
    async holds(bench) {
      const the = spectral(bench)
      const rate = rateOf(bench.parameters.eighth, the.largest)
      const steps = 4
      const { trajectory } = await bench.measure(descend, the.arguments, { rate, steps })
      const points = Array.from({ length: steps + 1 }, (_, t) =>
        the.place(the.components.map((z, i) => z * (1 - rate * the.eigenvalues[i]!) ** t)),
      )
      const expected = fromData(
        [steps + 1, 4],
        points.flatMap(({ data }) => data),
      )
      return [{ label: 'x_t', expected: bench.exact(expected), actual: trajectory }]
    },
  }),
  law('converges-below', {
    of: { ...spectralSpace, parameters: { ...spectralSpace.parameters, eighth: eighths.below } },
    asks: [descend],
    title: 'below the threshold the loss shrinks at least by the square of the slowest factor',
    kills: [twiceAsSteep, ascends, clipsGradient],
    share: 0.4,
    async holds(bench) {
      const { arithmetic } = bench
      const the = spectral(bench)
      const rate = rateOf(bench.parameters.eighth, the.largest)
      const slowest = Math.max(...the.eigenvalues.map((lambda) => Math.abs(1 - rate * lambda)))
      const { losses } = await bench.measure(descend, the.arguments, { rate, steps: 6 })
      return losses.data.map((loss, t) => {
        const bound = arithmetic.multiply(arithmetic.exact(slowest ** (2 * t)), losses.at(0))
        return atMost(arithmetic, `f(x_${t}) ≤ q^${2 * t} f(x_0)`, loss, bound)
      })
    },
  }),
  law('diverges-above', {
    of: { ...spectralSpace, parameters: { ...spectralSpace.parameters, eighth: eighths.above } },
    asks: [descend],
    title: 'above the threshold the loss outgrows its start as the steepest component does',
    kills: [halfAsSteep, clipsGradient, decaysRate],
    share: 0.4,
    async holds(bench) {
      const { arithmetic, parameters } = bench
      const the = spectral(bench)
      const rate = rateOf(parameters.eighth, the.largest)
      const { losses } = await bench.measure(descend, the.arguments, { rate, steps: 10 })
      const alone = (the.largest / 2) * the.components[0]! ** 2
      const growth = (parameters.eighth / 4 - 1) ** 2
      return [
        truths(bench, 'f(x_10) > f(x_0)', [true], [arithmetic.less(losses.at(0), losses.at(10))]),
        ...[1, 5, 10].map((t) => {
          const least = arithmetic.exact(alone * growth ** t)
          return atMost(arithmetic, `f(x_${t}) ≥ λ/2 (1 − ηλ)^${2 * t} z²`, least, losses.at(t))
        }),
      ]
    },
  }),
  law('overflows', {
    of: spectralSpace,
    asks: [descend],
    title: 'far above the threshold the loss ends as infinity, as NaN, or beyond 10³⁰',
    kills: [clipsGradient, decaysRate],
    share: 0.05,
    async holds(bench) {
      const the = spectral(bench)
      const rate = 1024 / the.largest
      const { losses } = await bench.answer(descend, the.arguments, { rate, steps: 12 })
      const last = bench.arithmetic.toNumber(losses.at(12))
      return [truths(bench, 'diverged', [true], [!(last <= 1e30)])]
    },
  }),
  law('without-the-steepest', {
    of: {
      dimensions: { Two: derived(() => 2, 'a steep and a flat direction') },
      inputs: {
        components: array('the start; its steep component is left out', 'Two'),
        minimum: array('where the gradient is zero', 'Two'),
      },
      parameters: { eighth: eighths.above },
    },
    asks: [descend],
    title:
      'above the threshold, a start without a component along the steepest direction converges',
    kills: [ascends],
    share: 0.2,
    async holds(bench) {
      const { arithmetic } = bench
      const [a, b] = Array.from(bench.inputs.minimum.data)
      const z = bench.inputs.components.data[1]! || 1
      const bowl = { matrix: tensor([2, 2], [4, 0, 0, 1]), minimum: bench.inputs.minimum }
      const start = tensor([2], [a!, b! + z])
      const rate = rateOf(bench.parameters.eighth, 4)
      const { losses } = await bench.measure(descend, { ...bowl, start }, { rate, steps: 5 })
      const fallen = arithmetic.less(losses.at(5), losses.at(0))
      return [truths(bench, 'f(x_5) < f(x_0)', [true], [fallen])]
    },
  }),
  law('scale-free', {
    of: { ...spectralSpace, parameters: { ...spectralSpace.parameters, eighth: eighths.above } },
    asks: [descend],
    title: 'a loss four times as steep with a quarter of the rate takes the same way',
    kills: [clipsGradient],
    share: 0.4,
    async holds(bench) {
      const { arithmetic } = bench
      const the = spectral(bench)
      const rate = rateOf(bench.parameters.eighth, the.largest)
      const steep = { ...the.arguments, matrix: the.arguments.matrix }
      const matrix = build([4, 4], (i, j) => 4 * the.arguments.matrix.at(i, j))
      const one = await bench.measure(descend, steep, { rate, steps: 3 })
      const four = await bench.measure(descend, { ...steep, matrix }, { rate: rate / 4, steps: 3 })
      const times = (loss: (typeof one.losses.data)[number]) =>
        arithmetic.multiply(arithmetic.exact(4), loss)
      return [
        { label: 'trajectory', expected: one.trajectory, actual: four.trajectory },
        {
          label: 'losses',
          expected: build([4], (t) => times(one.losses.at(t))),
          actual: four.losses,
        },
      ]
    },
  }),
)

export const descentProperties = [...thresholdProperties, ...transientProperties]
