import { describe, expect, test } from 'vitest'
import { fromData } from '../arithmetic/array.ts'
import { number } from '../arithmetic/number.ts'
import { bidirectional, bidirectionalGradient } from './bidirectional.ts'
import { deepInput, deepInputGradient } from './deep-input.ts'
import { deepScores, deepScoresGradient } from './deep-output.ts'
import { deepTransition, deepTransitionGradient } from './deep-transition.ts'
import { pathLengths } from './depth.ts'
import { loss, lossGradient } from './loss.ts'
import { network } from './network.ts'
import { outputRecurrent, outputRecurrentGradient } from './output-recurrent.ts'
import { parameterCount } from './param-count.ts'
import { scores, scoresGradient } from './scores.ts'
import { sequenceToOne, sequenceToOneGradient } from './sequence-to-one.ts'
import { softmax, softmaxGradient } from './softmax.ts'
import { stacked, stackedGradient } from './stacked.ts'

const row = (...data: readonly number[]) => fromData([1, data.length], data)
const sequence = (T: number, ...data: readonly number[]) => fromData([T, 1, data.length / T], data)
const near = (value: number) => expect.closeTo(value, 14)

describe('what comes out of a recurrent network', () => {
  const V = row(3, 4)
  test('scores', () => {
    const { o } = scores(number, { h: sequence(1, 1, 2), V, c: fromData([1], [5]) }, {})
    expect(o.data).toEqual([16])
  })
  test('their gradients', () => {
    const given = { h: sequence(1, 1, 2), V, do: sequence(1, 5) }
    const { dh, dV, dc } = scoresGradient(number, given, {})
    expect([dh.data, dV.data, dc.data]).toEqual([[15, 20], [5, 10], [5]])
  })
  test('probabilities, one to three', () => {
    const { y } = softmax(number, { o: row(0, Math.log(3)) }, {})
    expect(y.data).toEqual([near(0.25), near(0.75)])
  })
  test('what comes back through them', () => {
    const answer = softmaxGradient(number, { o: row(0, 0), dy: row(4, 0) }, {})
    expect(answer.do.data).toEqual([1, -1])
  })
  test('a network of one unit', () => {
    const { h, o, y } = network(
      number,
      {
        x: sequence(2, 1, 1),
        U: row(1),
        W: row(2),
        b: fromData([1], [0]),
        h0: row(0),
        padded: fromData([2, 1], [0, 0]),
        V: fromData([2, 1], [3, 3]),
        c: fromData([2], [0, 0]),
      },
      { activation: 'linear', direction: 'forward' },
    )
    expect([h.data, o.data, y.data]).toEqual([
      [1, 3],
      [3, 3, 9, 9],
      [0.5, 0.5, 0.5, 0.5],
    ])
  })
})

describe('the loss of a sequence', () => {
  test('of two steps, one of them off the simplex', () => {
    const given = { o: sequence(2, 0, 0, 0, 0), y: sequence(2, 1, 0, 1, 1) }
    const { steps, E } = loss(number, { ...given, padded: fromData([2, 1], [0, 0]) }, {})
    expect(steps.data).toEqual([near(Math.LN2), near(2 * Math.LN2)])
    expect(E.data).toEqual([near(3 * Math.LN2)])
  })
  test('its gradients', () => {
    const given = { o: sequence(1, 0, 0), y: sequence(1, 1, 0), dSteps: row(2) }
    const { do: dO, dy } = lossGradient(number, { ...given, padded: row(0) }, {})
    expect(dO.data).toEqual([-1, 1])
    expect(dy.data).toEqual([near(2 * Math.LN2), near(2 * Math.LN2)])
  })
})

describe('a network of one unit, in two steps', () => {
  const one = { U: row(1), W: row(2), V: row(3), b: fromData([1], [0]), c: fromData([1], [0]) }
  const x = sequence(2, 1, 1)
  const forced = { ...one, x, o0: row(0), y: sequence(2, 5, 5) }
  const layer = { ...one, x, h0: row(0), padded: fromData([2, 1], [0, 0]) }

  test.each([
    ['own', [1, 7], [3, 21]],
    ['target', [1, 11], [3, 33]],
  ] as const)('what comes back is its %s', (feedback, states, outputs) => {
    const { h, o } = outputRecurrent(number, forced, { activation: 'linear', feedback })
    expect([h.data, o.data]).toEqual([states, outputs])
  })
  test('what goes back through its own outputs', () => {
    const given = { ...forced, dh: sequence(2, 0, 0), do: sequence(2, 0, 1) }
    const d = outputRecurrentGradient(number, given, { activation: 'linear', feedback: 'own' })
    expect([d.dx, d.dU, d.dW, d.dV, d.dO0].map(({ data }) => data)).toEqual([
      [18, 3],
      [21],
      [9],
      [13],
      [36],
    ])
  })
  test('one output for both', () => {
    const { o, y } = sequenceToOne(number, layer, { activation: 'linear', direction: 'forward' })
    expect([o.data, y.data]).toEqual([[9], [1]])
  })
  test('its gradients', () => {
    const given = { ...layer, do: row(1) }
    const d = sequenceToOneGradient(number, given, { activation: 'linear', direction: 'forward' })
    expect([d.dx, d.dU, d.dW, d.dH0, d.dV].map(({ data }) => data)).toEqual([
      [6, 3],
      [9],
      [3],
      [12],
      [3],
    ])
  })
})

test('two inputs, three units and four outputs have 34 parameters', () => {
  const given = { inputs: 2, units: 3, outputs: 4, steps: 5, biases: true }
  const { into, between, out, biases, shared, unshared } = parameterCount(number, {}, given)
  const counts = [into, between, out, biases, shared, unshared].map((count) => count.at())
  expect(counts).toEqual([6, 9, 12, 7, 34, 170])
})

test('paths through four steps, with a way past the layers between states', () => {
  const given = { steps: 4, into: 1, between: 2, out: 3, skip: true }
  const { nextLongest, nextShortest, longest, shortest } = pathLengths(number, {}, given)
  expect([nextLongest, nextShortest, longest, shortest].map((length) => length.at())).toEqual([
    2, 1, 10, 7,
  ])
})

describe('two layers of one unit each', () => {
  const both = (...data: readonly number[]) => fromData([2, 1, data.length / 2], data)
  const x = sequence(2, 1, 2)
  const shared = { W: both(1, 1), b: fromData([2, 1], [0, 0]), padded: fromData([2, 1], [0, 0]) }
  const h0 = fromData([2, 1, 1], [0, 0])
  const linear = { activation: 'linear', direction: 'forward' } as const

  test('one in each direction', () => {
    const given = { ...shared, x, h0, U: both(1, 1) }
    const { h, last } = bidirectional(number, given, linear)
    expect([h.data, last.data]).toEqual([
      [1, 3, 3, 2],
      [3, 3],
    ])
    const arriving = { dh: fromData([2, 1, 2], [0, 0, 0, 0]), dLast: fromData([2, 1, 1], [1, 1]) }
    const d = bidirectionalGradient(number, { ...given, ...arriving }, linear)
    expect([d.dx, d.dU, d.dW].map(({ data }) => data)).toEqual([
      [2, 2],
      [3, 3],
      [1, 2],
    ])
  })
  test('several layers from a state to the next one', () => {
    const given = {
      ...shared,
      x: fromData([2, 1, 1], [1, 0]),
      U: row(1),
      W: row(1),
      A: fromData([1, 1, 1], [2]),
      S: row(1),
      b: fromData([2, 1], [0, 0]),
      h0: row(1),
    }
    expect(deepTransition(number, given, linear).h.data).toEqual([5, 15])
    const arriving = { dh: fromData([2, 1, 1], [0, 0]), dLast: row(1) }
    const d = deepTransitionGradient(number, { ...given, ...arriving }, linear)
    expect([d.dH0, d.dW, d.dA, d.dS].map(({ data }) => data)).toEqual([[9], [16], [11], [8]])
  })
  test('with a way in of its own', () => {
    const given = {
      x: sequence(2, 1, 0),
      h0: row(1),
      padded: shared.padded,
      F: row(2),
      A: fromData([0, 1, 1], []),
      wayBias: row(1),
      U: row(3),
      W: row(1),
      b: fromData([1], [0]),
    }
    expect(deepInput(number, given, linear).h.data).toEqual([10, 13])
    const arriving = { dh: fromData([2, 1, 1], [0, 0]), dLast: row(1) }
    const d = deepInputGradient(number, { ...given, ...arriving }, linear)
    const found = [d.dF, d.dWayBias, d.dU, d.dW, d.dx].map(({ data }) => data)
    expect(found).toEqual([[3], [6], [4], [11], [6, 6]])
  })
  test('with a way out of several layers', () => {
    const given = {
      h: sequence(1, 1),
      F: row(2),
      A: fromData([0, 1, 1], []),
      wayBias: row(1),
      V: row(3),
    }
    const { o } = deepScores(number, { ...given, c: fromData([1], [4]) }, linear)
    expect(o.data).toEqual([13])
    const d = deepScoresGradient(number, { ...given, do: sequence(1, 1) }, linear)
    expect([d.dV, d.dWayBias, d.dF, d.dh].map(({ data }) => data)).toEqual([[3], [3], [3], [6]])
  })
  test('one above the other', () => {
    const masks = fromData([1, 2, 1, 1], [2, 0])
    const given = {
      ...shared,
      x: sequence(2, 1, 1),
      h0,
      U: row(1),
      A: fromData([1, 1, 1], [1]),
      masks,
    }
    expect(stacked(number, given, linear).h.data).toEqual([1, 2, 2, 2])
    const arriving = {
      dh: fromData([2, 2, 1, 1], [0, 0, 0, 0]),
      dLast: fromData([2, 1, 1], [0, 1]),
    }
    const d = stackedGradient(number, { ...given, ...arriving }, linear)
    expect([d.dx, d.dU, d.dA, d.dMasks].map(({ data }) => data)).toEqual([[2, 0], [2], [2], [1, 2]])
  })
})
