import { describe, expect, test } from 'vitest'
import { fromData } from '../arithmetic/array.ts'
import { number } from '../arithmetic/number.ts'
import { loss, lossGradient } from './loss.ts'
import { network } from './network.ts'
import { scores, scoresGradient } from './scores.ts'
import { softmax, softmaxGradient } from './softmax.ts'

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
