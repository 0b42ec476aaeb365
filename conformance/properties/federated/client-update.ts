import { build, memberOf } from '../../../reference/arithmetic/array.ts'
import { clientUpdate, localSteps, training } from '../../../spec/federated/client-update.ts'
import { array, derived, free } from '../../../spec/language/operation.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, part, permuted, plain, scalar, zeros } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { withParameters } from '../../kit/spaces.ts'
import { stepwise } from '../../kit/stepwise.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  acceptsAnyPlace,
  climbs,
  divides,
  forgetsBias,
  keepsGradient,
  readsPadding,
  repeatsBatch,
  squaresOnly,
  stopsEarly,
  sumsBatch,
  takesFirst,
  trainsWithout,
} from './client-update-faults.ts'

const kills = [
  sumsBatch,
  takesFirst,
  repeatsBatch,
  divides,
  climbs,
  forgetsBias,
  keepsGradient,
  readsPadding,
  squaresOnly,
  stopsEarly,
  trainsWithout,
]

/** A client of which only biases are trained, since all features are 0. */
const center = (points: readonly number[]) => ({
  w: tensor([1, 1], [0]),
  b: tensor([1], [0]),
  x: tensor(
    [points.length, 1],
    points.map(() => 0),
  ),
  y: tensor([points.length, 1], points),
  count: tensor([], [points.length]),
})

export const clientUpdateProperties = properties(
  localSteps,
  ...agreementTwice(
    clientUpdate,
    { kills, share: 0.6 },
    { kills: [sumsBatch, climbs, squaresOnly, repeatsBatch] },
  ),
  stepwise(clientUpdate, {
    states: ['w', 'b'],
    step: clientUpdate,
    carry: { w: 'w', b: 'b' },
    ask: ({ t, before: { w, b }, inputs: { x, y, count, batches }, parameters }) => ({
      inputs: {
        w: w!,
        b: b!,
        x: x!,
        y: y!,
        count: count!,
        batches: part(plain(batches!), batches!.shape.with(0, 1), [t]),
      },
      parameters,
    }),
    gives: ({ w, b }) => ({ w: memberOf(w!, 0), b: memberOf(b!, 0) }),
    kills: [keepsGradient, stopsEarly],
    share: 0.2,
  }),
  equivariance('order-within-batches', {
    of: clientUpdate,
    title: 'the order of the points of a batch does not matter',
    kills: [takesFirst],
    share: 0.15,
    inputs: ({ x, y, count, batches }) => {
      // Points in reverse, and places that follow them.
      const n = Math.max(1, count.at())
      const turned = (place: number) => (place < n ? n - 1 - place : place)
      return {
        x: permuted(x, (at, i) => [turned(at), i]),
        y: permuted(y, (at, o) => [turned(at), o]),
        batches: permuted(
          changed(batches, (place) => n - 1 - (place % n)),
          (l, at) => [l, batches.shape[1]! - 1 - at],
        ),
      }
    },
  }),
  equivariance('padding', {
    of: clientUpdate,
    title: 'what lies behind the points has no influence',
    kills: [readsPadding, trainsWithout],
    share: 0.6,
    inputs: ({ x, y, count }, { sizes: { I, O } }) => ({
      x: changed(x, (v, at) => (Math.floor(at / I!) < count.at() ? v : v + 9)),
      y: changed(y, (v, at) => (Math.floor(at / O!) < count.at() ? v : v - 9)),
    }),
  }),
  law('unbiased', {
    of: {
      dimensions: {
        N: derived((_, { points }) => points, 'points'),
        I: free(1, 3, 'features'),
        O: free(1, 3, 'outputs'),
      },
      inputs: {
        w: array('weights', 'I', 'O'),
        b: array('biases', 'O'),
        x: array('points', 'N', 'I'),
        y: array('targets', 'N', 'O'),
      },
      parameters: training,
    },
    asks: [clientUpdate],
    title: 'over all batches of one point the mean of the steps is the step of all points together',
    kills: [takesFirst, sumsBatch],
    share: 0.15,
    async holds({ arithmetic, inputs, measure, parameters }) {
      const { divide, exact, total } = arithmetic
      const { points } = parameters
      const count = scalar(points)
      const ask = (batches: ReturnType<typeof zeros>) =>
        measure(clientUpdate, { ...inputs, count, batches }, parameters)
      const all = await ask(build([1, points], (_, n) => n))
      const each = await Promise.all(
        Array.from({ length: points }, (_, n) => ask(build([1, 1], () => n))),
      )
      return (['w', 'b'] as const).map((name) => ({
        label: name,
        expected: all[name],
        actual: build(all[name].shape, (...at) =>
          divide(total(each.map((one) => one[name].at(...at))), exact(points)),
        ),
      }))
    },
  }),
  law('closed-form', {
    of: withParameters(
      {
        dimensions: { P: free(1, 3, 'points'), O: free(1, 3, 'outputs') },
        inputs: { b: array('biases', 'O'), y: array('targets', 'P', 'O') },
        parameters: {},
      },
      { steps: integer({ min: 1, upTo: 4 }), halvings: integer({ min: 0, upTo: 2 }) },
    ),
    asks: [clientUpdate],
    title: 'biases alone come nearer to the mean of the targets by 1 − η each step',
    kills: [sumsBatch, climbs, forgetsBias],
    share: 0.15,
    async holds({ arithmetic, array, inputs, measure, parameters, sizes: { P, O } }) {
      const { add, divide, exact, multiply, subtract, total } = arithmetic
      const { steps, halvings } = parameters
      const rate = 2 ** -halvings
      const asked = {
        w: zeros([1, O!]),
        b: inputs.b,
        x: zeros([P!, 1]),
        y: inputs.y,
        count: scalar(P!),
        batches: build([steps, P!], (_, n) => n),
      }
      const given = { points: P!, rate, loss: 'squares' } as const
      const { b } = await measure(clientUpdate, asked, given)
      const [start, y] = [array('b'), array('y')]
      const c = build([O!], (o) =>
        divide(total(Array.from({ length: P! }, (_, n) => y.at(n, o))), exact(P!)),
      )
      return [
        {
          label: 'b',
          expected: build(b.shape, (l, o) =>
            add(c.at(o), multiply(exact((1 - rate) ** (l + 1)), subtract(start.at(o), c.at(o)))),
          ),
          actual: b,
        },
      ]
    },
  }),
  rejection('rejected', clientUpdate, invalidities(clientUpdate), {
    title: 'places that there are not, counts above the places and negative rates are rejected',
    kills: [acceptsAnyPlace],
  }),
  worked('by-hand', {
    of: clientUpdate,
    title: 'from 0 to a target of 4 with the rate 1/4: 1, then 1.75',
    kills: [climbs, forgetsBias, keepsGradient, stopsEarly],
    inputs: { ...center([4]), batches: tensor([2, 1], [0, 0]) },
    parameters: { points: 1, rate: 0.25, loss: 'squares' },
    gives: { w: [0, 0], b: [1, 1.75] },
  }),
  worked('E-46', {
    of: clientUpdate,
    title: 'of the points 1 and 3 the batch has the one that was drawn',
    kills: [takesFirst],
    inputs: { ...center([1, 3]), batches: tensor([1, 1], [1]) },
    parameters: { points: 2, rate: 1, loss: 'squares' },
    notes: { b: [1] },
    gives: { b: [3] },
  }),
  worked('E-47', {
    of: clientUpdate,
    title: 'two points 1 move the model 0 by half of their distance with the rate 1/2',
    kills: [sumsBatch],
    inputs: { ...center([1, 1]), batches: tensor([1, 2], [0, 1]) },
    parameters: { points: 2, rate: 0.5, loss: 'squares' },
    notes: { b: [1] },
    gives: { b: [0.5] },
  }),
)
