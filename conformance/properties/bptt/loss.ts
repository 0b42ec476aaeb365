import { build, sum } from '../../../reference/arithmetic/array.ts'
import {
  byFirstState,
  byState,
  byU,
  byV,
  byW,
  loss,
  lossGradient,
  sumOverTime,
} from '../../../spec/bptt/loss.ts'
import { derived, free } from '../../../spec/language/operation.ts'
import { choice } from '../../../spec/language/parameter.ts'
import { mapValues } from '../../base/records.ts'
import type { Fault } from '../../engine/fault.ts'
import type { ArgumentsOf, Bench } from '../../engine/property.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed, moderate, row, zeros } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  averagesSequences,
  averagesSteps,
  biasIntoU,
  decays,
  firstStateAsBias,
  firstStateUntouched,
  ignoresSlope,
  lastStepForU,
  lastStepForV,
  lossOfLastStep,
  ownStepOnly,
  recurrentForOutput,
  recurrentOnTheWayBack,
  transposedBack,
  transposesGradient,
  transposesWeights,
  withoutFirstState,
} from './loss-faults.ts'

type Gradient = keyof (typeof lossGradient)['outputs'] & string

const gradients = Object.keys(lossGradient.outputs) as Gradient[]

/**
 * Of real numbers of any size, two products in a row make scores of which the rounding alone is more than
 * a softmax can tell apart; behind tanh they seldom do. Whole numbers judge the others.
 */
const behindTanh = { parameters: { activation: choice('tanh') } }

const moderated = (inputs: ArgumentsOf<typeof lossGradient>) =>
  ({ ...mapValues(inputs, moderate), y: inputs.y, dE: inputs.dE }) as typeof inputs

/**
 * Weights of which a few steps are not enough to saturate a unit: near ±1 a slope of tanh is a difference of almost
 * equal numbers, and what a step loses of it the next ones multiply. Halves and quarters cost no rounding.
 */
const calm = ({ U, W, b, V, ...others }: ArgumentsOf<typeof lossGradient>) => ({
  ...others,
  U: changed(U, (v) => v / 2),
  W: changed(W, (v) => v / 2),
  b: changed(b, (v) => v / 2),
  V: changed(V, (v) => v / 4),
})

/** Some of the gradients against the reference, on such numbers. */
const againstReference =
  (names: readonly Gradient[], milder: typeof moderated) =>
  async <T>({ answer, expected, inputs, parameters }: Bench<T, typeof lossGradient>) => {
    const question = milder(inputs)
    const given = await answer(lossGradient, question, parameters)
    const right = expected(lossGradient, question, parameters)
    return names.map((name) => ({ label: name, expected: right[name], actual: given[name] }))
  }

/** That they agree, on real numbers. */
const gradientsBy = (names: readonly Gradient[], kills: readonly Fault[]) =>
  law('bounded', {
    of: lossGradient,
    title: `${names.join(' and ')} of moderate numbers are within the derived bound of the reference`,
    values: 'reals',
    kills,
    holds: againstReference(names, moderated),
  })

const sumProperties = properties(
  sumOverTime,
  agreement(loss, 'integers', {
    kills: [averagesSequences, recurrentForOutput, transposesWeights, lossOfLastStep],
  }),
  agreement(loss, 'reals', {
    within: behindTanh,
    kills: [averagesSequences, transposesWeights],
  }),
  agreement(lossGradient, 'integers', {
    name: 'gradient-exact',
    kills: [averagesSteps, lastStepForV, recurrentOnTheWayBack, transposedBack, ownStepOnly],
  }),
  law('steps', {
    of: {
      ...lossGradient,
      usual: [],
      dimensions: { ...lossGradient.dimensions, T: free(2, 3, 'steps') },
    },
    asks: [lossGradient],
    title: 'the gradients of all steps add up to the gradient of their sum',
    kills: [averagesSteps],
    async holds({ arithmetic, inputs, measure, parameters, sizes }) {
      const T = sizes.T!
      const of = (counts: (t: number) => boolean) =>
        measure(lossGradient, { ...inputs, dE: build([T], (t) => (counts(t) ? 1 : 0)) }, parameters)
      const whole = await of(() => true)
      const each = await Promise.all(Array.from({ length: T }, (_, s) => of((t) => t === s)))
      const added = (name: Gradient) =>
        build(whole[name].shape, (...at) => sum(arithmetic, [T], (t) => each[t]![name].at(...at)))
      return (['dU', 'dW', 'dV', 'db', 'dc'] as const).map((name) => ({
        label: name,
        expected: added(name),
        actual: whole[name],
      }))
    },
  }),
)

const outputProperties = properties(
  byV,
  gradientsBy(['dV', 'dc'], [lastStepForV, recurrentOnTheWayBack]),
  law('classes', {
    of: {
      ...lossGradient,
      usual: [],
      dimensions: { ...lossGradient.dimensions, O: free(2, 4, 'classes') },
    },
    asks: [lossGradient],
    title: 'the gradient by the biases of the scores adds up to 0 over the classes',
    values: 'reals',
    kills: [decays],
    async holds({ arithmetic, inputs, measure, parameters, sizes: { O } }) {
      const { dc } = await measure(lossGradient, moderated(inputs), parameters)
      const others = sum(arithmetic, [O! - 1], (k) => dc.at(k + 1))
      const expected = row(arithmetic.negate(dc.at(0)))
      return [{ label: 'Σ dc but the first', expected, actual: row(others) }]
    },
  }),
)

const stateProperties = properties(
  byState,
  gradientsBy(['dx'], [ownStepOnly, transposedBack, ignoresSlope]),
  law('twelve-steps', {
    of: {
      ...lossGradient,
      dimensions: {
        ...lossGradient.dimensions,
        T: derived(() => 12, 'steps'),
        N: free(1, 1, 'sequences'),
        I: free(1, 2, 'units of the input'),
        H: free(2, 3, 'units of the state'),
        O: free(2, 2, 'classes'),
      },
      ...behindTanh,
    },
    asks: [lossGradient],
    title: 'gradients of calm units through twelve steps are within the bound of the reference',
    values: 'reals',
    kills: [transposedBack],
    share: 0.1,
    holds: againstReference(gradients, (inputs) => calm(moderated(inputs))),
  }),
)

const recurrentProperties = properties(
  byW,
  gradientsBy(['dW'], [transposesGradient, withoutFirstState, ignoresSlope]),
)

const inputProperties = properties(
  byU,
  gradientsBy(['dU', 'db'], [lastStepForU, ignoresSlope]),
  law('no-input', {
    of: lossGradient,
    title: 'without inputs the gradient by U is 0, and the others are as they are with U at 0',
    kills: [biasIntoU],
    async holds({ exact, inputs, measure, parameters }) {
      const quiet = { ...inputs, x: zeros(inputs.x.shape) }
      const silent = { ...inputs, U: zeros(inputs.U.shape) }
      const { dU, db } = await measure(lossGradient, quiet, parameters)
      const other = await measure(lossGradient, silent, parameters)
      return [
        { label: 'dU', expected: exact(zeros(dU.shape)), actual: dU },
        { label: 'db', expected: other.db, actual: db },
      ]
    },
  }),
)

const firstStateProperties = properties(
  byFirstState,
  gradientsBy(['dH0'], [firstStateUntouched, firstStateAsBias, transposedBack]),
  worked('E-63', {
    of: lossGradient,
    title: 'where nothing goes from state to state, nothing comes back to the first one',
    kills: [firstStateAsBias],
    inputs: {
      x: tensor([1, 1, 1], [0]),
      U: tensor([1, 1], [1]),
      W: tensor([1, 1], [0]),
      b: tensor([1], [0]),
      h0: tensor([1, 1], [1]),
      V: tensor([2, 1], [1, -1]),
      c: tensor([2], [0, 0]),
      y: tensor([1, 1, 2], [1, 0]),
      dE: tensor([1], [1]),
    },
    parameters: { activation: 'linear' },
    notes: { dH0: [-1] },
    gives: { dH0: [0], db: [-1] },
  }),
)

export const lossProperties = [
  ...sumProperties,
  ...outputProperties,
  ...stateProperties,
  ...recurrentProperties,
  ...inputProperties,
  ...firstStateProperties,
]
