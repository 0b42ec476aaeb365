import { build, memberOf } from '../../../reference/arithmetic/array.ts'
import {
  bias,
  iid,
  localFixedPoint,
  notAverage,
  quadraticOptima,
  quadraticRounds,
} from '../../../spec/federated/quadratics.ts'
import { agreement, agreementTwice } from '../../kit/agreement.ts'
import { changed, numbers } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { stepwise } from '../../kit/stepwise.ts'
import { tensor } from '../../kit/tensor.ts'
import { about, worked } from '../../kit/worked.ts'
import {
  averagesAlike,
  averagesOptima,
  climbs,
  curvedAverage,
  divides,
  dividesByWeights,
  longStep,
  oneStep,
  oneStepMore,
  optimaAlike,
  pointAlike,
  pointOfAverage,
  pointOfOne,
  roundsAlike,
  startsAnew,
  weighsRest,
} from './quadratics-faults.ts'

/** Two clients of one parameter that weigh alike. */
const two = (h: readonly number[]) => ({
  h: tensor([2, 1], h),
  c: tensor([2, 1], [0, 1]),
  weights: tensor([2], [0.5, 0.5]),
})

const averageProperties = properties(
  notAverage,
  ...agreementTwice(quadraticOptima, {
    kills: [averagesOptima, averagesAlike, optimaAlike, divides, curvedAverage],
    share: 0.7,
  }),
  law('same-curvature', {
    of: quadraticOptima,
    title: 'with the same curvature of all clients both are the same',
    kills: [averagesAlike],
    share: 0.3,
    async holds({ inputs, measure, parameters, sizes: { P } }) {
      const h = changed(inputs.h, (_, at) => inputs.h.data[at % P!]!)
      const { optimum, average } = await measure(quadraticOptima, { ...inputs, h }, parameters)
      return [{ label: 'optimum', expected: average, actual: optimum }]
    },
  }),
  law('stationary', {
    of: quadraticOptima,
    values: 'reals',
    title: 'at the optimum the weighted gradients add up to 0',
    kills: [averagesOptima, divides],
    share: 0.5,
    async holds({ arithmetic, array, inputs, measure, parameters, sizes: { K } }) {
      const { multiply, total } = arithmetic
      const { optimum } = await measure(quadraticOptima, inputs, parameters)
      const [h, c, p] = [array('h'), array('c'), array('weights')]
      const clients = Array.from({ length: K! }, (_, k) => k)
      const pull = (k: number, i: number) => multiply(p.at(k), h.at(k, i))
      return [
        {
          label: 'Σ p h θ = Σ p h c',
          expected: build(optimum.shape, (i) =>
            total(clients.map((k) => multiply(pull(k, i), c.at(k, i)))),
          ),
          actual: build(optimum.shape, (i) =>
            total(clients.map((k) => multiply(pull(k, i), optimum.at(i)))),
          ),
        },
      ]
    },
  }),
  worked('E-45', {
    of: quadraticOptima,
    title: 'curvatures 9 and 1, minima 0 and 1: least at 1/10, not at 1/2',
    kills: [averagesOptima],
    inputs: two([9, 1]),
    notes: { optimum: [0.5] },
    gives: { optimum: [0.1], average: [0.5] },
  }),
)

const iidProperties = properties(
  iid,
  ...agreementTwice(
    quadraticRounds,
    { kills: [oneStep, longStep, roundsAlike, climbs, startsAnew], share: 0.6 },
    { kills: [longStep, climbs, startsAnew] },
  ),
  stepwise(quadraticRounds, {
    states: 'trajectory',
    step: quadraticRounds,
    carry: { start: 'start' },
    ask: ({ before: { start }, inputs: { h, c, weights }, parameters }) => ({
      inputs: { h: h!, c: c!, weights: weights!, start: start! },
      parameters: { ...parameters, rounds: 1 },
    }),
    gives: ({ trajectory }) => ({ trajectory: memberOf(trajectory!, 0) }),
    kills: [startsAnew],
    share: 0.3,
  }),
  law('contraction', {
    of: quadraticRounds,
    title: 'like clients come nearer by (1 − ηh)^L every round, whatever they weigh',
    kills: [oneStep, longStep, climbs],
    share: 0.3,
    async holds({ arithmetic, array, inputs, measure, parameters, sizes: { P } }) {
      const { add, exact, multiply, subtract } = arithmetic
      const first = (some: typeof inputs.h) => changed(some, (_, at) => some.data[at % P!]!)
      const alike = { ...inputs, h: first(inputs.h), c: first(inputs.c) }
      const { trajectory } = await measure(quadraticRounds, alike, parameters)
      const { rate, localSteps } = parameters
      const [h, c, start] = [array('h'), array('c'), array('start')]
      const power = (t: number, i: number) => {
        const factor = subtract(exact(1), multiply(exact(rate), h.at(0, i)))
        let product = factor
        for (let l = 1; l < (t + 1) * localSteps; l++) product = multiply(product, factor)
        return product
      }
      return [
        {
          label: 'trajectory',
          expected: build(trajectory.shape, (t, i) =>
            add(c.at(0, i), multiply(power(t, i), subtract(start.at(i), c.at(0, i)))),
          ),
          actual: trajectory,
        },
      ]
    },
  }),
  worked('by-hand', {
    of: quadraticRounds,
    title: 'from 0 to 8 with half of the way each step, two a round: 6 and 7.5',
    kills: [oneStep, longStep, climbs, startsAnew],
    inputs: {
      h: tensor([1, 1], [1]),
      c: tensor([1, 1], [8]),
      weights: tensor([1], [1]),
      start: tensor([1], [0]),
    },
    parameters: { rate: 0.5, localSteps: 2, rounds: 2 },
    gives: { trajectory: [6, 7.5] },
  }),
)

const biasProperties = properties(
  bias,
  ...agreementTwice(
    localFixedPoint,
    { kills: [pointOfOne, pointOfAverage, oneStepMore, weighsRest, pointAlike], share: 0.6 },
    { kills: [pointOfOne, pointOfAverage, weighsRest] },
  ),
  agreement(quadraticRounds, 'reals', {
    kills: [oneStep, roundsAlike],
    share: 0.2,
    name: 'rounds',
  }),
  law('rests', {
    of: {
      dimensions: localFixedPoint.dimensions,
      inputs: localFixedPoint.inputs,
      parameters: localFixedPoint.parameters,
    },
    asks: [localFixedPoint, quadraticRounds],
    title: 'a round of local steps leaves the fixed point where it is',
    kills: [pointOfOne, oneStepMore, weighsRest, oneStep],
    share: 0.3,
    async holds({ arithmetic, inputs, measure, parameters }) {
      // Factors from 0 to 1, so that a round moves nothing farther than it was off.
      const h = changed(inputs.h, (v) => Math.fround(1 / (1 + v)))
      const asked = { ...inputs, h }
      const { point } = await measure(localFixedPoint, asked, parameters)
      const start = numbers(arithmetic, point)
      const given = { ...parameters, rounds: 1 }
      const { trajectory } = await measure(quadraticRounds, { ...asked, start }, given)
      return [{ label: 'point', expected: point, actual: memberOf(trajectory, 0) }]
    },
  }),
  law('one-step', {
    of: localFixedPoint,
    asks: [localFixedPoint, quadraticOptima],
    title: 'with one local step it is the minimum of the mean loss',
    kills: [pointOfAverage, oneStepMore, averagesOptima],
    share: 0.3,
    async holds({ inputs, measure, parameters: { rate } }) {
      const { point } = await measure(localFixedPoint, inputs, { rate, localSteps: 1 })
      const { optimum } = await measure(quadraticOptima, inputs, {})
      return [{ label: 'point', expected: optimum, actual: point }]
    },
  }),
  equivariance('shift', {
    of: localFixedPoint,
    title: 'minima that are all moved alike move the point with them',
    kills: [dividesByWeights],
    share: 0.3,
    inputs: ({ c }) => ({ c: changed(c, (v) => v + 4) }),
    outputs: ({ point }, { arithmetic: { add, exact } }) => ({
      point: build(point.shape, (i) => add(exact(4), point.at(i))),
    }),
  }),
  worked('published', {
    of: localFixedPoint,
    title: 'curvatures 10 and 1, minima 0 and 1: from 1/11 to 1/2 as local steps become more',
    kills: [pointOfOne, pointOfAverage, oneStepMore, weighsRest],
    cases: (
      [
        [1, '0.090909'],
        [2, '0.115044'],
        [5, '0.189310'],
        [20, '0.390807'],
        [1000, '0.500000'],
      ] as const
    ).map(([localSteps, point]) => ({
      says: `${localSteps} local steps`,
      inputs: two([10, 1]),
      parameters: { rate: 0.05, localSteps },
      gives: { point: [about(point)] },
    })),
  }),
)

export const quadraticProperties = [...averageProperties, ...iidProperties, ...biasProperties]
