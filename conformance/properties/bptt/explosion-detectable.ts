import { build } from '../../../reference/arithmetic/array.ts'
import type { Precision } from '../../../reference/arithmetic/precision.ts'
import {
  explosionDetectable,
  gradientDiagnosis,
  overflowStep,
} from '../../../spec/bptt/explosion-detectable.ts'
import { gradientProfile } from '../../../spec/bptt/gradient-profile.ts'
import { free } from '../../../spec/language/operation.ts'
import { choice, integer } from '../../../spec/language/parameter.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed, filled, numbers, row, zeros } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  absolutelySmall,
  alwaysSingle,
  bitsOfSignificand,
  comparesOnly,
  infinityIsFinite,
  lastFades,
  lastNormOnly,
  limitExplodes,
  naturalLogarithm,
  roundsDown,
  unnoticed,
} from './explosion-detectable-faults.ts'
import { withoutWayBack } from './gradient-profile-faults.ts'

/** One unit without activation, over some steps, with a gradient 1 at the last one. */
const oneUnit = (weight: number, T: number) => ({
  x: zeros([T, 1, 1]),
  U: zeros([1, 1]),
  W: filled([1, 1], weight),
  b: zeros([1]),
  h0: zeros([1, 1]),
  dh: build([T, 1, 1], (t) => (t === T - 1 ? 1 : 0)),
})

/** The format whose exponents numbers have that are multiplied in a precision. */
const formatOf = (precision: Precision) => (precision === 'tf32' ? 'float32' : precision)

const growths = { '3/2': 1.5, '2': 2, '3': 3, '4': 4 } as const

export const detectionProperties = properties(
  explosionDetectable,
  agreement(gradientDiagnosis, 'integers', {
    name: 'diagnosis-exact',
    kills: [lastNormOnly, unnoticed, absolutelySmall, lastFades, limitExplodes],
  }),
  agreement(gradientDiagnosis, 'reals', {
    name: 'diagnosis-bounded',
    kills: [lastNormOnly, unnoticed, absolutelySmall, lastFades],
  }),
  law('not-finite', {
    of: {
      ...gradientDiagnosis,
      usual: [],
      parameters: {
        ...gradientDiagnosis.parameters,
        at: integer({ min: 0, upTo: 5, max: 5 }),
        what: choice('infinity', 'NaN'),
      },
    },
    asks: [gradientDiagnosis],
    title: 'what is no finite number is an explosion, wherever it is',
    kills: [comparesOnly, infinityIsFinite],
    share: 0.3,
    async holds({ answer, arithmetic, inputs, parameters, sizes: { States } }) {
      const { at, what, limit, faded } = parameters
      const value = what === 'NaN' ? Number.NaN : Number.POSITIVE_INFINITY
      const norms = changed(inputs.norms, (p, k) => (k === at % States! ? value : p))
      const said = await answer(gradientDiagnosis, { norms }, { limit, faded })
      const [zero, one] = [arithmetic.exact(0), arithmetic.exact(1)]
      return [
        {
          label: 'finite, exploding, vanishing',
          expected: row(zero, one, zero),
          actual: row(said.finite.at(), said.exploding.at(), said.vanishing.at()),
        },
      ]
    },
  }),
  law('anywhere', {
    of: {
      ...gradientDiagnosis,
      usual: [],
      dimensions: { States: free(1, 70, 'states') },
      parameters: {
        ...gradientDiagnosis.parameters,
        at: integer({ min: 0, upTo: 69, max: 69 }),
      },
    },
    asks: [gradientDiagnosis],
    title: 'a single norm above the limit is an explosion, wherever it is in a long profile',
    kills: [lastNormOnly],
    share: 0.5,
    async holds({ answer, arithmetic, inputs, parameters, sizes }) {
      const { at, limit, faded } = parameters
      const States = sizes.States!
      const quiet = changed(inputs.norms, (p) => Math.min(p, limit / 2))
      const loud = changed(quiet, (p, k) => (k === at % States ? 4 * limit : p))
      const before = await answer(gradientDiagnosis, { norms: quiet }, { limit, faded })
      const after = await answer(gradientDiagnosis, { norms: loud }, { limit, faded })
      return [
        {
          label: 'exploding, without it and with it',
          expected: row(arithmetic.exact(0), arithmetic.exact(1)),
          actual: row(before.exploding.at(), after.exploding.at()),
        },
      ]
    },
  }),
  agreement(overflowStep, 'integers', {
    name: 'step-exact',
    share: 1,
    kills: [roundsDown, naturalLogarithm, alwaysSingle, bitsOfSignificand],
  }),
  law('overflow', {
    of: {
      dimensions: {},
      inputs: {},
      parameters: { growth: choice('3/2', '2', '3', '4') },
    },
    asks: [overflowStep, gradientProfile],
    title: 'a gradient that grows at each step is finite until the step that is predicted',
    kills: [roundsDown, naturalLogarithm, bitsOfSignificand, withoutWayBack],
    share: 0.04,
    async holds({ answer, arithmetic, judgedBy, parameters }) {
      const growth = growths[parameters.growth]
      const format = formatOf(judgedBy.precision)
      const { steps } = await answer(overflowStep, {}, { growth, format })
      const n = arithmetic.toNumber(steps.at())
      const T = n + 2
      const { norms } = await answer(gradientProfile, oneUnit(growth, T), { activation: 'linear' })
      const areFinite = numbers(arithmetic, norms).data.map(Number.isFinite)
      const { exact } = arithmetic
      return [
        {
          label: 'norms that are finite, the last state first',
          expected: build([T + 1], (back) => exact(back < n ? 1 : 0)),
          actual: build([T + 1], (back) => exact(areFinite[T - back] ? 1 : 0)),
        },
      ]
    },
  }),
  law('unseen', {
    of: {
      dimensions: {},
      inputs: {},
      parameters: { T: integer({ min: 20, upTo: 80 }) },
    },
    asks: [gradientProfile, gradientDiagnosis],
    title:
      'a gradient that is halved at each step is finite everywhere, and shows in the profile only',
    kills: [unnoticed, lastFades, withoutWayBack],
    share: 0.1,
    async holds({ answer, arithmetic, parameters: { T } }) {
      const { norms } = await answer(gradientProfile, oneUnit(0.5, T), { activation: 'linear' })
      const seen = { limit: 10, faded: 0.001 }
      const given = { norms: numbers(arithmetic, norms) }
      const said = await answer(gradientDiagnosis, given, seen)
      const [zero, one] = [arithmetic.exact(0), arithmetic.exact(1)]
      return [
        {
          label: 'finite, exploding, vanishing',
          expected: row(one, zero, one),
          actual: row(said.finite.at(), said.exploding.at(), said.vanishing.at()),
        },
        {
          label: 'the first norm',
          expected: row(arithmetic.exact(2 ** -T)),
          actual: row(norms.at(0)),
        },
      ]
    },
  }),
  worked('steps', {
    of: overflowStep,
    title: 'in single precision a gradient that doubles is infinite after 128 steps',
    kills: [roundsDown, naturalLogarithm, alwaysSingle, bitsOfSignificand],
    cases: [
      { growth: 2, format: 'float32', steps: 128 },
      { growth: 2, format: 'float64', steps: 1024 },
      { growth: 4, format: 'float16', steps: 8 },
      // 128 / log2 1.1 = 930.9
      { growth: 1.1, format: 'bfloat16', steps: 931 },
    ].map(({ steps, ...parameters }) => ({
      says: `growing by ${parameters.growth} in ${parameters.format}`,
      parameters: parameters as { growth: number; format: 'float16' },
      gives: { steps: [steps] },
    })),
  }),
  worked('E-90', {
    of: gradientDiagnosis,
    title: 'norms side by side tell that gradients vanish',
    kills: [unnoticed],
    inputs: { norms: tensor([3], [2 ** -10, 2 ** -5, 1]) },
    parameters: { limit: 10, faded: 0.01 },
    notes: { vanishing: [0] },
    gives: { finite: [1], exploding: [0], vanishing: [1] },
  }),
)
