import { build, elementwise, fromData, sum } from '../../../reference/arithmetic/array.ts'
import { gradientProfile, profile } from '../../../spec/bptt/gradient-profile.ts'
import { jacobian } from '../../../spec/bptt/jacobian.ts'
import { shortTermShare } from '../../../spec/bptt/short-term-bias.ts'
import { derived, free } from '../../../spec/language/operation.ts'
import { choice, integer, real } from '../../../spec/language/parameter.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed, filled, moderate, plain, scalar, zeros } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  fadesToNothing,
  givesSquares,
  lastFirst,
  lastLossOnly,
  ofMean,
  profileWithoutSlope,
  untransposed,
  withoutWayBack,
} from './gradient-profile-faults.ts'
import { oneStepMore } from './short-term-bias-faults.ts'

/** One unit of this weight without activation, over some steps, with a gradient 1 at the last one. */
const oneUnit = (weight: number, T: number) => ({
  x: zeros([T, 1, 1]),
  U: zeros([1, 1]),
  W: filled([1, 1], weight),
  b: zeros([1]),
  h0: zeros([1, 1]),
  dh: build([T, 1, 1], (t) => (t === T - 1 ? 1 : 0)),
})

const oneUnitTensors = (weight: number, T: number) => ({
  x: tensor([T, 1, 1], new Array(T).fill(0)),
  U: tensor([1, 1], [0]),
  W: tensor([1, 1], [weight]),
  b: tensor([1], [0]),
  h0: tensor([1, 1], [0]),
  dh: tensor(
    [T, 1, 1],
    Array.from({ length: T }, (_, t) => (t === T - 1 ? 1 : 0)),
  ),
})

export const profileProperties = properties(
  profile,
  agreement(gradientProfile, 'integers', {
    title: 'bptt.gradientProfile equals the reference on small integers, but for its roots',
    kills: [
      withoutWayBack,
      untransposed,
      lastFirst,
      profileWithoutSlope,
      lastLossOnly,
      ofMean,
      givesSquares,
    ],
  }),
  law('bounded', {
    of: gradientProfile,
    values: 'reals',
    title: 'profiles of moderate networks are within the derived bound of the reference',
    kills: [withoutWayBack, lastFirst, profileWithoutSlope],
    share: 0.5,
    async holds({ answer, expected, inputs, parameters }) {
      const { x, U, W, b, h0, dh } = inputs
      const question = {
        x: moderate(x),
        U: moderate(U),
        W: moderate(W),
        b: moderate(b),
        h0: moderate(h0),
        dh,
      }
      const given = await answer(gradientProfile, question, parameters)
      const right = expected(gradientProfile, question, parameters)
      return [{ label: 'norms', expected: right.norms, actual: given.norms }]
    },
  }),
  agreement(gradientProfile, 'reals', {
    name: 'fifty-steps',
    title: 'profiles over fifty steps are within the derived bound of the reference',
    within: {
      dimensions: {
        T: derived(() => 50, 'steps'),
        N: free(1, 1, 'sequences'),
        I: free(1, 1, 'units of the input'),
        H: free(2, 2, 'units of the state'),
      },
      parameters: { activation: choice('tanh') },
    },
    kills: [lastFirst],
    share: 0.05,
  }),
  law('jacobians', {
    of: {
      ...gradientProfile,
      usual: [],
      dimensions: { ...gradientProfile.dimensions, N: free(1, 1, 'sequences') },
    },
    asks: [gradientProfile, jacobian],
    title: 'a gradient at the last step comes back through the transposed Jacobians',
    kills: [withoutWayBack, untransposed, lastFirst],
    share: 0.2,
    async holds({ arithmetic, exact, inputs, measure, parameters, sizes }) {
      const { T, H } = sizes as Readonly<Record<'T' | 'H', number>>
      const { multiply } = arithmetic
      const { activation } = parameters
      const { x, U, W, b, h0 } = inputs
      const last = plain(inputs.dh)
      const dh = build([T, 1, H], (t, n, i) => (t === T - 1 ? last.at(t, n, i) : 0))
      const { norms } = await measure(gradientProfile, { x, U, W, b, h0, dh }, parameters)
      const g = exact(dh)
      const squares = []
      for (let start = 0; start <= T; start++) {
        const between = { activation, start, end: T }
        const { J } = await measure(jacobian, { x, U, W, b, h0 }, between)
        const back = build([H], (j) =>
          sum(arithmetic, [H], (i) => multiply(J.at(0, i, j), g.at(T - 1, 0, i))),
        )
        squares.push(sum(arithmetic, [H], (j) => multiply(back.at(j), back.at(j))))
      }
      return [
        {
          label: 'the squares of the norms',
          expected: fromData([T + 1], squares),
          actual: elementwise(norms, (p) => multiply(p, p)),
        },
      ]
    },
  }),
  equivariance('scale', {
    of: gradientProfile,
    title: 'a gradient twice as large has norms twice as large',
    kills: [givesSquares],
    share: 0.3,
    inputs: ({ dh }) => ({ dh: changed(dh, (v) => -2 * v) }),
    outputs: ({ norms }, { arithmetic: { exact, multiply } }) => ({
      norms: elementwise(norms, (p) => multiply(exact(2), p)),
    }),
  }),
  law('one-unit', {
    of: {
      dimensions: {},
      inputs: {},
      parameters: {
        weight: real({ from: -1.5, to: 1.5, values: [0.5, -0.5, 1, 0] }),
        T: integer({ min: 1, upTo: 12 }),
      },
    },
    asks: [gradientProfile, shortTermShare],
    title:
      'of one unit without activation the profile is what each step contributes to the last state',
    kills: [withoutWayBack, lastFirst, oneStepMore],
    share: 0.3,
    async holds({ measure, parameters: { weight, T } }) {
      // As the implementation is given it in an array.
      const a = Math.fround(weight)
      const { norms } = await measure(gradientProfile, oneUnit(a, T), { activation: 'linear' })
      const steps = { weight: a, steps: T, last: 1 }
      const { contributions } = await measure(shortTermShare, {}, steps)
      return Array.from({ length: T }, (_, s) => ({
        label: `of step ${s + 1}`,
        expected: scalar(contributions.at(s)),
        actual: scalar(norms.at(s + 1)),
      }))
    },
  }),
  worked('units', {
    of: gradientProfile,
    title: 'of one unit the profile is geometric, and does not end where squares vanish',
    kills: [withoutWayBack, lastFirst, fadesToNothing],
    cases: [
      {
        says: 'growing',
        inputs: oneUnitTensors(2, 3),
        parameters: { activation: 'linear' },
        gives: { norms: [8, 4, 2, 1] },
      },
      {
        says: 'fading',
        inputs: oneUnitTensors(2 ** -25, 4),
        parameters: { activation: 'linear' },
        gives: { norms: [2 ** -100, 2 ** -75, 2 ** -50, 2 ** -25, 1] },
      },
      {
        says: 'a sigmoid at rest',
        inputs: oneUnitTensors(0, 1),
        parameters: { activation: 'sigmoid' },
        gives: { norms: [0, 1] },
      },
    ],
  }),
)
