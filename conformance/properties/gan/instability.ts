import { build, memberOf, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import { bilinearGame, oscillation } from '../../../spec/gan/instability.ts'
import type { Bench } from '../../engine/property.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, row, scalar } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { nothing } from '../../kit/spaces.ts'
import { stepwise } from '../../kit/stepwise.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  bothMinimize,
  clamps,
  dampens,
  exchangesSides,
  otherFirst,
  staysAtFirst,
  stepsAtOnce,
  stepsInTurn,
} from './instability-faults.ts'

/** ‖x‖² + ‖y‖² − c xᵀy of the parameters after each step, those before the first one in front. */
function quadratic<T>(
  { arithmetic }: Pick<Bench<T, never>, 'arithmetic'>,
  before: readonly [NumberArray<T>, NumberArray<T>],
  [x, y]: readonly [NumberArray<T>, NumberArray<T>],
  c: number,
): readonly T[] {
  const { exact, multiply, subtract } = arithmetic
  const [T, P] = x.shape as [number, number]
  const at = (t: number, i: number): readonly [T, T] =>
    t === 0 ? [before[0].at(i), before[1].at(i)] : [x.at(t - 1, i), y.at(t - 1, i)]
  return Array.from({ length: T + 1 }, (_, t) =>
    subtract(
      sum(arithmetic, [2, P], (player, i) => multiply(at(t, i)[player]!, at(t, i)[player]!)),
      multiply(
        exact(c),
        sum(arithmetic, [P], (i) => multiply(at(t, i)[0], at(t, i)[1])),
      ),
    ),
  )
}

export const instabilityProperties = properties(
  oscillation,
  ...agreementTwice(
    bilinearGame,
    {
      kills: [stepsInTurn, stepsAtOnce, bothMinimize, exchangesSides, otherFirst, staysAtFirst],
      share: 0.7,
    },
    { kills: [stepsInTurn, stepsAtOnce, bothMinimize, exchangesSides, otherFirst, dampens] },
  ),
  stepwise(bilinearGame, {
    states: ['x', 'y'],
    step: bilinearGame,
    carry: { x: 'x', y: 'y' },
    ask: ({ before: { x, y }, parameters }) => ({
      inputs: { x: x!, y: y! },
      parameters: { ...parameters, steps: 1 },
    }),
    gives: ({ x, y }) => ({ x: memberOf(x!, 0), y: memberOf(y!, 0) }),
    kills: [staysAtFirst, dampens],
    share: 0.3,
  }),
  law('spiral', {
    of: bilinearGame,
    title: 'steps at once make the squared distance 1 + η² times as large, each of them',
    kills: [stepsInTurn, bothMinimize, staysAtFirst],
    share: 0.3,
    async holds(bench) {
      const { arithmetic, array, inputs, measure, parameters } = bench
      const { exact, multiply } = arithmetic
      const given = { ...parameters, order: 'simultaneous' } as const
      const { x, y } = await measure(bilinearGame, inputs, given)
      const distances = quadratic(bench, [array('x'), array('y')], [x, y], 0)
      const factor = exact(1 + parameters.rate ** 2)
      return [
        {
          label: 'squared distances',
          expected: row(...distances.slice(0, -1).map((d) => multiply(factor, d))),
          actual: row(...distances.slice(1)),
        },
      ]
    },
  }),
  law('ellipse', {
    of: bilinearGame,
    title: 'steps in turn stay on an ellipse',
    kills: [stepsAtOnce, bothMinimize, otherFirst],
    share: 0.3,
    async holds(bench) {
      const { array, inputs, measure, parameters } = bench
      const given = { ...parameters, order: 'alternating' } as const
      const { x, y } = await measure(bilinearGame, inputs, given)
      const kept = quadratic(bench, [array('x'), array('y')], [x, y], parameters.rate)
      return [
        { label: 'invariant', expected: row(...kept.slice(0, -1)), actual: row(...kept.slice(1)) },
      ]
    },
  }),
  equivariance('linear', {
    of: bilinearGame,
    title: 'twice as far from the equilibrium, everything is twice as large',
    kills: [clamps],
    share: 0.15,
    inputs: ({ x, y }) => ({ x: changed(x, (v) => -2 * v), y: changed(y, (v) => -2 * v) }),
    outputs: ({ x, y }, { arithmetic: { exact, multiply } }) => ({
      x: build(x.shape, (...at) => multiply(exact(-2), x.at(...at))),
      y: build(y.shape, (...at) => multiply(exact(-2), y.at(...at))),
    }),
  }),
  law('stays-near', {
    of: nothing,
    asks: [bilinearGame],
    title:
      'a thousand steps in turn from (1, 0) keep the squared distance from 1 / (1 + η/2) to 1 / (1 − η/2)',
    kills: [stepsAtOnce],
    share: 0.01,
    async holds(bench) {
      const { answer, arithmetic } = bench
      const rate = 0.5
      const start = { x: row(1), y: row(0) }
      const { x, y } = await answer(bilinearGame, start, {
        rate,
        steps: 1000,
        order: 'alternating',
      })
      const { exact, toNumber } = arithmetic
      const far = quadratic(bench, [row(exact(1)), row(exact(0))], [x, y], 0).map(toNumber)
      // Rounding of a thousand steps is far below the hundredth that is allowed beside the limits.
      const [least, most] = [0.99 / (1 + rate / 2), 1.01 / (1 - rate / 2)]
      const within = far.filter((distance) => distance > least && distance < most).length
      const label = 'steps within the limits'
      return [{ label, expected: scalar(exact(far.length)), actual: scalar(exact(within)) }]
    },
  }),
  law('hundred-steps', {
    of: nothing,
    asks: [bilinearGame],
    title:
      'a hundred steps at once with the rate 0.1 make the squared distance 2.7048 times as large',
    kills: [stepsInTurn],
    share: 0.01,
    async holds(bench) {
      const { answer, arithmetic } = bench
      const { exact, toNumber } = arithmetic
      const given = { rate: 0.1, steps: 100, order: 'simultaneous' } as const
      const { x, y } = await answer(bilinearGame, { x: row(1), y: row(0) }, given)
      const far = quadratic(bench, [row(exact(1)), row(exact(0))], [x, y], 0).at(-1)!
      const growth = Math.floor(1e4 * toNumber(far))
      return [
        {
          label: 'growth in 1/10,000',
          expected: scalar(exact(27048)),
          actual: scalar(exact(growth)),
        },
      ]
    },
  }),
  worked('by-hand', {
    of: bilinearGame,
    title: 'with the rate 1 from (1, 0): outwards at once, and round in six steps in turn',
    kills: [exchangesSides, otherFirst, bothMinimize, staysAtFirst],
    cases: [
      {
        says: 'at once',
        inputs: { x: tensor([1], [1]), y: tensor([1], [0]) },
        parameters: { rate: 1, steps: 3, order: 'simultaneous' },
        gives: { x: [1, 0, -2], y: [1, 2, 2] },
      },
      {
        says: 'in turn',
        inputs: { x: tensor([1], [1]), y: tensor([1], [0]) },
        parameters: { rate: 1, steps: 6, order: 'alternating' },
        gives: { x: [1, 0, -1, -1, 0, 1], y: [1, 1, 0, -1, -1, 0] },
      },
    ],
  }),
)
