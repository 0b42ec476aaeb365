import { build, memberOf } from '../../../reference/arithmetic/array.ts'
import {
  diracStability,
  diracSteps,
  sensitivity,
} from '../../../spec/gan/hyperparameter-sensitivity.ts'
import { array, free, nonnegative } from '../../../spec/language/operation.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, filled, numbers, row } from '../../kit/arrays.ts'
import { truths } from '../../kit/claims.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { nothing } from '../../kit/spaces.ts'
import { stepwise } from '../../kit/stepwise.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  atItsRate,
  climbs,
  doubledRate,
  forgetsPenalty,
  independentOfPenalty,
  linearizes,
  ofFlow,
  saturatesAlways,
  smallerEigenvalue,
  squaredRadius,
  startsAnew,
  stepsInTurn,
  turnsAlways,
  wholePenalty,
} from './hyperparameter-sensitivity-faults.ts'

/** Penalties from ⅛ on, below which a hundredth of the rate is not seen in the radius. */
const visible = (penalty: number) => 0.125 + (penalty % 4)

export const sensitivityProperties = properties(
  sensitivity,
  ...agreementTwice(
    diracSteps,
    {
      kills: [forgetsPenalty, wholePenalty, stepsInTurn, climbs, linearizes],
      share: 0.4,
      name: 'steps',
    },
    {
      kills: [
        forgetsPenalty,
        wholePenalty,
        saturatesAlways,
        stepsInTurn,
        climbs,
        linearizes,
        startsAnew,
      ],
      share: 0.6,
    },
  ),
  ...agreementTwice(
    diracStability,
    {
      kills: [turnsAlways, smallerEigenvalue, ofFlow, doubledRate, independentOfPenalty],
      share: 0.4,
    },
    {
      kills: [
        squaredRadius,
        turnsAlways,
        smallerEigenvalue,
        ofFlow,
        doubledRate,
        independentOfPenalty,
      ],
      share: 0.6,
    },
  ),
  stepwise(diracSteps, {
    states: ['theta', 'psi'],
    step: diracSteps,
    carry: { theta: 'theta', psi: 'psi' },
    ask: ({ before: { theta, psi }, parameters }) => ({
      inputs: { theta: theta!, psi: psi! },
      parameters: { ...parameters, steps: 1 },
    }),
    gives: ({ theta, psi }) => ({ theta: memberOf(theta!, 0), psi: memberOf(psi!, 0) }),
    kills: [stepsInTurn, startsAnew],
    share: 0.3,
  }),
  law('outwards', {
    of: diracSteps,
    values: 'reals',
    title: 'without a penalty no step of the minimax game comes nearer to the equilibrium',
    kills: [stepsInTurn],
    share: 0.3,
    async holds({ arithmetic, array, inputs, measure, parameters }) {
      const { add, exact, maximum, multiply } = arithmetic
      const given = { ...parameters, penalty: 0, steps: 1, loss: 'saturating' } as const
      const { theta, psi } = await measure(diracSteps, inputs, given)
      const squared = (x: (n: number) => ReturnType<typeof exact>, n: number) =>
        multiply(x(n), x(n))
      const [th0, ps0] = [array('theta'), array('psi')]
      const before = build(th0.shape, (n) =>
        add(
          squared((i) => th0.at(i), n),
          squared((i) => ps0.at(i), n),
        ),
      )
      const after = build(th0.shape, (n) =>
        add(
          squared((i) => theta.at(0, i), n),
          squared((i) => psi.at(0, i), n),
        ),
      )
      return [
        {
          label: 'θ² + ψ²',
          expected: after,
          actual: build(after.shape, (n) => maximum([after.at(n), before.at(n)])),
        },
      ]
    },
  }),
  law('eigenvalue', {
    of: {
      dimensions: { N: free(1, 6, 'pairs of a rate and a penalty') },
      inputs: {
        rate: nonnegative('rates', 'N'),
        penalty: nonnegative('penalties', 'N'),
      },
      parameters: {},
    },
    asks: [diracStability],
    values: 'reals',
    title: 'the radius is the modulus of a root of λ² − (2 − ηγ) λ + 1 − ηγ + η²/4',
    kills: [squaredRadius, turnsAlways, ofFlow, doubledRate],
    share: 0.3,
    async holds({ arithmetic, exact: lifted, inputs, measure }) {
      const { abs, add, exact, multiply, negate, subtract, total } = arithmetic
      const near = (v: number) => Math.fround(v % 4)
      const asked = { rate: changed(inputs.rate, near), penalty: changed(inputs.penalty, near) }
      const { radius } = await measure(diracStability, asked, {})
      const [eta, gamma] = [lifted(asked.rate), lifted(asked.penalty)]
      const product = (n: number) => multiply(eta.at(n), gamma.at(n))
      const square = (x: ReturnType<typeof exact>) => multiply(x, x)
      const determinant = (n: number) =>
        total([exact(1), negate(product(n)), multiply(exact(0.25), square(eta.at(n)))])
      const turns = (n: number) => asked.penalty.at(n) <= 1
      return [
        {
          label: 'characteristic polynomial',
          expected: build(radius.shape, (n) =>
            turns(n) ? determinant(n) : multiply(abs(subtract(exact(2), product(n))), radius.at(n)),
          ),
          actual: build(radius.shape, (n) =>
            turns(n) ? square(radius.at(n)) : add(square(radius.at(n)), determinant(n)),
          ),
        },
      ]
    },
  }),
  law('both-sides', {
    of: diracStability,
    values: 'reals',
    title:
      'a hundredth below the largest rate the radius is below 1, and a hundredth above it is above',
    kills: [ofFlow, independentOfPenalty],
    share: 0.3,
    async holds({ answer, arithmetic, inputs }) {
      const penalty = changed(inputs.penalty, visible)
      const ask = (rate: ReturnType<typeof filled>) => answer(diracStability, { rate, penalty }, {})
      const { largestRate } = await ask(filled(penalty.shape, 0))
      const limit = numbers(arithmetic, largestRate)
      const at = async (share: number) =>
        numbers(arithmetic, (await ask(changed(limit, (v) => v * share))).radius).data
      const below = (await at(0.99)).map((radius) => radius < 1)
      const above = (await at(1.01)).map((radius) => radius > 1)
      return [
        truths(arithmetic, 'below the limit they converge', ...below),
        truths(arithmetic, 'above it they do not', ...above),
      ]
    },
  }),
  equivariance('of-penalty', {
    of: diracStability,
    title: 'the largest rate does not depend on the rate',
    kills: [atItsRate],
    share: 0.1,
    inputs: ({ rate }) => ({ rate: changed(rate, (v) => v + 1) }),
    compared: ({ largestRate }) => ({ largestRate }),
  }),
  law('linear-part', {
    of: {
      dimensions: { N: free(1, 4, 'games') },
      inputs: { theta: array('samples', 'N'), psi: array('weights', 'N') },
      parameters: { rate: diracSteps.parameters.rate, penalty: diracSteps.parameters.penalty },
    },
    asks: [diracSteps],
    title: 'on the axes a step is the Jacobian at the equilibrium, exactly',
    kills: [forgetsPenalty, wholePenalty, stepsInTurn, climbs],
    share: 0.3,
    async holds({ arithmetic, array, inputs, measure, parameters: { rate, penalty } }) {
      const { exact, multiply, subtract } = arithmetic
      const given = { rate, penalty, steps: 1, loss: 'saturating' } as const
      const zeros = filled(inputs.theta.shape, 0)
      const still = await measure(diracSteps, { theta: inputs.theta, psi: zeros }, given)
      const moving = await measure(diracSteps, { theta: zeros, psi: inputs.psi }, given)
      const [theta, psi] = [array('theta'), array('psi')]
      const half = multiply(exact(0.5), exact(rate))
      const kept = subtract(exact(1), multiply(exact(rate), exact(penalty)))
      const { shape } = zeros
      return [
        { label: 'θ of θ', expected: theta, actual: memberOf(still.theta, 0) },
        {
          label: 'ψ of θ',
          expected: build(shape, (n) => arithmetic.negate(multiply(half, theta.at(n)))),
          actual: memberOf(still.psi, 0),
        },
        {
          label: 'θ of ψ',
          expected: build(shape, (n) => multiply(half, psi.at(n))),
          actual: memberOf(moving.theta, 0),
        },
        {
          label: 'ψ of ψ',
          expected: build(shape, (n) => multiply(kept, psi.at(n))),
          actual: memberOf(moving.psi, 0),
        },
      ]
    },
  }),
  law('training', {
    of: nothing,
    asks: [diracSteps],
    title:
      'sixty steps at three quarters of the largest rate converge, and at five quarters do not',
    kills: [forgetsPenalty, wholePenalty],
    share: 0.01,
    async holds({ answer, arithmetic }) {
      const start = { theta: row(2 ** -6), psi: row(0) }
      const farther = async (rate: number, penalty: number) => {
        const given = { rate, penalty, steps: 60, loss: 'non-saturating' } as const
        const { theta, psi } = await answer(diracSteps, start, given)
        const last = [theta, psi].map((one) => arithmetic.toNumber(one.at(59, 0)))
        return Math.hypot(...last) > 2 ** -6
      }
      // The largest rates are 1 of a penalty of ¼, and 2 of one of 5/4.
      return [
        truths(
          arithmetic,
          'farther than at the start',
          !(await farther(0.75, 0.25)),
          await farther(1.25, 0.25),
          !(await farther(1.5, 1.25)),
          await farther(2.5, 1.25),
        ),
      ]
    },
  }),
  worked('by-hand', {
    of: diracStability,
    title: 'limits 2 of the penalty ½, 4 of 1, 2 of 5/4 and none without a penalty',
    kills: [squaredRadius, turnsAlways, doubledRate, independentOfPenalty],
    inputs: {
      rate: tensor([5], [2, 1, 1, 2, 0]),
      penalty: tensor([5], [0.5, 1, 1.25, 1.25, 0]),
    },
    gives: { radius: [1, 0.5, 0.75, 1, 1], largestRate: [2, 4, 2, 2, 0] },
  }),
  worked('a-step', {
    of: diracSteps,
    title: 'from θ = 0 and ψ = 2, with the rate 1 and the penalty ½: θ = 1 and ψ = 1',
    kills: [forgetsPenalty, wholePenalty, stepsInTurn, climbs],
    inputs: { theta: tensor([1], [0]), psi: tensor([1], [2]) },
    parameters: { rate: 1, penalty: 0.5, steps: 1, loss: 'saturating' },
    gives: { theta: [1], psi: [1] },
  }),
)
