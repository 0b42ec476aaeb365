import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { forward as reference } from '../../../reference/rnn/forward.ts'
import { free } from '../../../spec/language/operation.ts'
import { choice } from '../../../spec/language/parameter.ts'
import { activation, direction, forward, forwardGradient } from '../../../spec/rnn/forward.ts'
import {
  feedforward,
  orderDependence,
  sameLength,
  timeShared,
  variableLength,
} from '../../../spec/rnn/forward-laws.ts'
import { changed, filled, joined, numbers, part, permuted, plain, zeros } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { whateverPads } from '../../kit/whatever-pads.ts'
import { worked } from '../../kit/worked.ts'
import {
  addsState,
  forgetsState,
  ignoresPadding,
  lastInTime,
  looksAhead,
  resetsAtPadding,
  sendsAhead,
  sharesFirstState,
  weighsByTime,
} from './forward-faults.ts'

/** Some steps of sequences, from one of them on. */
const steps = <T>(array: NumberArray<T>, from: number, to: number) =>
  part(array, array.shape.with(0, to - from), [from])

const severalSteps = { ...forward.dimensions, T: free(2, 4, 'steps') }
const inTime = { activation, direction: choice('forward') }

const lengthProperties = properties(
  variableLength,
  law('prefix', {
    of: { ...forward, usual: [], dimensions: severalSteps, parameters: inTime },
    asks: [forward],
    title: 'the beginning of a sequence has the beginning of its states',
    kills: [looksAhead],
    needsStates: true,
    async holds({ inputs, measure, parameters, sizes: { T } }) {
      const t = Math.ceil(T! / 2)
      const [x, padded] = [plain(inputs.x), plain(inputs.padded)]
      const beginning = { x: steps(x, 0, t), padded: steps(padded, 0, t) }
      const whole = await measure(forward, inputs, parameters)
      const { h } = await measure(forward, { ...inputs, ...beginning }, parameters)
      return [{ label: 'h of the beginning', expected: steps(whole.h, 0, t), actual: h }]
    },
  }),
  law('split', {
    of: {
      ...forward,
      usual: [],
      dimensions: severalSteps,
      parameters: { activation: choice('relu', 'linear'), direction },
    },
    asks: [forward],
    title: 'a sequence in two parts has the states of one that is taken at once',
    kills: [weighsByTime, lastInTime],
    needsStates: true,
    async holds({ arithmetic, inputs, measure, parameters, sizes: { T } }) {
      const [x, padded] = [plain(inputs.x), plain(inputs.padded)]
      const t = Math.ceil(T! / 2)
      const parts = { forward: [0, t, T!], reverse: [t, T!, 0] } as const
      const [from, to] = parts[parameters.direction]
      const [next, end] = parameters.direction === 'forward' ? [t, T!] : [0, t]
      const cut = (a: number, b: number) => ({ x: steps(x, a, b), padded: steps(padded, a, b) })
      const whole = await measure(forward, inputs, parameters)
      const first = await measure(forward, { ...inputs, ...cut(from, to) }, parameters)
      const h0 = numbers(arithmetic, first.last)
      const second = await measure(forward, { ...inputs, ...cut(next, end), h0 }, parameters)
      return [
        { label: 'h of the second part', expected: steps(whole.h, next, end), actual: second.h },
        { label: 'last', expected: whole.last, actual: second.last },
      ]
    },
  }),
)

const batchProperties = properties(
  sameLength,
  equivariance('sequences', {
    of: forward,
    title: 'sequences in another order have states in that order',
    kills: [sharesFirstState],
    inputs: ({ x, h0, padded }, { sizes: { N } }) => ({
      x: permuted(x, (t, n, i) => [t, N! - 1 - n, i]),
      h0: permuted(h0, (n, i) => [N! - 1 - n, i]),
      padded: permuted(padded, (t, n) => [t, N! - 1 - n]),
    }),
    outputs: ({ h, last }, { sizes: { N } }) => ({
      h: permuted(h, (t, n, i) => [t, N! - 1 - n, i]),
      last: permuted(last, (n, i) => [N! - 1 - n, i]),
    }),
  }),
  law('alone', {
    of: { ...forward, dimensions: { ...forward.dimensions, N: free(2, 3, 'sequences') } },
    asks: [forward],
    title: 'the last sequence of a batch has the states that it has alone',
    kills: [sharesFirstState],
    async holds({ inputs, measure, parameters, sizes }) {
      const { T, N, I, H } = sizes as Readonly<Record<'T' | 'N' | 'I' | 'H', number>>
      const own = {
        x: part(plain(inputs.x), [T, 1, I], [0, N - 1]),
        h0: part(plain(inputs.h0), [1, H], [N - 1]),
        padded: part(plain(inputs.padded), [T, 1], [0, N - 1]),
      }
      const whole = await measure(forward, inputs, parameters)
      const { last } = await measure(forward, { ...inputs, ...own }, parameters)
      return [{ label: 'last', expected: part(whole.last, [1, H], [N - 1]), actual: last }]
    },
  }),
  whateverPads(forward, reference),
  law('padded', {
    of: { ...forward, usual: [], dimensions: severalSteps },
    asks: [forward],
    title: 'a sequence with padding behind has the states and the last one that it has without',
    kills: [ignoresPadding, lastInTime],
    needsStates: true,
    async holds({ inputs, measure, parameters, sizes: { T, N } }) {
      const shown = T! - 1
      const x = plain(inputs.x)
      const padding = build([T!, N!], (t) => (t === shown ? 1 : 0))
      const own = { x: steps(x, 0, shown), padded: zeros([shown, N!]) }
      const long = await measure(forward, { ...inputs, padded: padding }, parameters)
      const short = await measure(forward, { ...inputs, ...own }, parameters)
      return [
        { label: 'h', expected: short.h, actual: steps(long.h, 0, shown) },
        { label: 'last', expected: short.last, actual: long.last },
      ]
    },
  }),
)

const sharedProperties = properties(
  timeShared,
  law('later', {
    of: { ...forward, parameters: inTime },
    asks: [forward],
    title: 'a sequence that begins a step later from the same state goes through the same states',
    kills: [weighsByTime, resetsAtPadding],
    needsStates: true,
    async holds({ array, inputs, measure, parameters, sizes: { T, N } }) {
      const [x, padded] = [plain(inputs.x), plain(inputs.padded)]
      const later = {
        x: joined(0, filled([1, ...x.shape.slice(1)], 3), x),
        padded: joined(0, filled([1, N!], 1), padded),
      }
      const { h } = await measure(forward, inputs, parameters)
      const shifted = await measure(forward, { ...inputs, ...later }, parameters)
      const h0 = array('h0')
      return [
        { label: 'h, a step later', expected: h, actual: steps(shifted.h, 1, T! + 1) },
        {
          label: 'h before',
          expected: h0,
          actual: build(h0.shape, (n, i) => shifted.h.at(0, n, i)),
        },
      ]
    },
  }),
)

const feedforwardProperties = properties(
  feedforward,
  law('samples', {
    of: { ...forward, parameters: { activation } },
    asks: [forward],
    title: 'without recurrent weights the steps are samples of a layer without memory',
    kills: [addsState, looksAhead],
    needsStates: true,
    async holds({ inputs, measure, parameters: { activation }, sizes }) {
      const { T, N, I, H } = sizes as Readonly<Record<'T' | 'N' | 'I' | 'H', number>>
      const parameters = { activation, direction: 'forward' } as const
      const W = zeros([H, H])
      const x = plain(inputs.x)
      const samples = {
        x: build([1, T * N, I], (_, s, i) => x.at(Math.floor(s / N), s % N, i)),
        h0: zeros([T * N, H]),
        padded: zeros([1, T * N]),
      }
      const question = { ...inputs, W, padded: zeros([T, N]) }
      const { h } = await measure(forward, question, parameters)
      const { last } = await measure(forward, { ...inputs, W, ...samples }, parameters)
      const expected = build([T, N, H], (t, n, i) => last.at(t * N + n, i))
      return [{ label: 'h', expected, actual: h }]
    },
  }),
)

const one = { U: tensor([1, 1], [1]), W: tensor([1, 1], [2]), b: tensor([1], [0]) }
const inOrder = (...x: readonly number[]) => ({
  ...one,
  x: tensor([2, 1, 1], x),
  h0: tensor([1, 1], [0]),
  padded: tensor([2, 1], [0, 0]),
})

const orderProperties = properties(
  orderDependence,
  equivariance('later-inputs', {
    of: forward,
    within: { ...forward, usual: [], dimensions: severalSteps, parameters: inTime },
    title: 'another input at the last step changes no state before it',
    kills: [looksAhead],
    toTheBit: true,
    inputs: ({ x }, { sizes: { T } }) => ({
      x: build(x.shape, (t, n, i) => x.at(t, n, i) + (t === T! - 1 ? 1 : 0)),
    }),
    compared: ({ h }, { sizes: { T } }) => ({ h: steps(h, 0, T! - 1) }),
  }),
  law('no-gradient-ahead', {
    of: {
      ...forwardGradient,
      usual: [],
      dimensions: severalSteps,
      parameters: inTime,
    },
    asks: [forwardGradient],
    title: 'the gradient of the first state reaches no later input',
    kills: [sendsAhead],
    async holds({ exact, inputs, measure, parameters, sizes: { T } }) {
      const dh = changed(inputs.dh, (v, at) => (at < inputs.dh.data.length / T! ? v : 0))
      const question = { ...inputs, dh, dLast: zeros(inputs.dLast.shape) }
      const { dx } = await measure(forwardGradient, question, parameters)
      const later = steps(dx, 1, T!)
      return [{ label: 'dx of later steps', expected: exact(zeros(later.shape)), actual: later }]
    },
  }),
  worked('order', {
    of: forward,
    title: 'the order of the inputs makes a difference',
    kills: [forgetsState],
    cases: [
      {
        inputs: inOrder(1, 0),
        parameters: { activation: 'linear', direction: 'forward' },
        gives: { h: [1, 2] },
      },
      {
        inputs: inOrder(0, 1),
        parameters: { activation: 'linear', direction: 'forward' },
        gives: { h: [0, 1] },
      },
      {
        inputs: inOrder(1, 0),
        parameters: { activation: 'linear', direction: 'reverse' },
        gives: { h: [1, 0] },
      },
    ],
  }),
)

export const forwardLawProperties = [
  ...lengthProperties,
  ...batchProperties,
  ...sharedProperties,
  ...feedforwardProperties,
  ...orderProperties,
]
