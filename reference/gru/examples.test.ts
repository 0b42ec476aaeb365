import { describe, expect, test } from 'vitest'
import { fromData } from '../arithmetic/array.ts'
import { number } from '../arithmetic/number.ts'
import { forward, forwardGradient } from './forward.ts'

const of = (shape: readonly number[], ...data: readonly number[]) => fromData(shape, data)
const zeros = (...shape: readonly number[]) =>
  fromData(shape, new Array(shape.reduce((a, b) => a * b, 1)).fill(0))

const idle = (T: number) => ({
  x: zeros(T, 1, 1),
  U: zeros(3, 1, 1),
  W: zeros(3, 1, 1),
  b: zeros(3, 1),
  bn: zeros(1),
  h0: of([1, 1], 1),
  padded: zeros(T, 1),
})

describe.each(['before', 'after'] as const)('reset %s the product', (reset) => {
  const kind = { reset, direction: 'forward' } as const

  test('without weights and biases half of the state is kept at every step', () => {
    const { h, last } = forward(number, idle(2), kind)
    expect([h.data, last.data]).toEqual([[0.5, 0.25], [0.25]])
  })

  test('half of what arrives goes back, a quarter to the update gate, half to the candidate', () => {
    const arriving = { dh: zeros(1, 1, 1), dLast: of([1, 1], 1) }
    const { dH0, db, back } = forwardGradient(number, { ...idle(1), ...arriving }, kind)
    expect([dH0.data, db.data, back.data]).toEqual([[0.5], [0.25, 0, 0.5], [0.5]])
  })

  test('a step that is padding keeps the state and gives its gradient on, whatever it holds', () => {
    const padded = { ...idle(1), x: of([1, 1, 1], Number.NaN), padded: of([1, 1], 1) }
    const arriving = { dh: of([1, 1, 1], 2), dLast: of([1, 1], 1) }
    const { dH0, dU, dx } = forwardGradient(number, { ...padded, ...arriving }, kind)
    expect(forward(number, padded, kind).last.data).toEqual([1])
    expect([dH0.data, dU.data, dx.data]).toEqual([[3], [0, 0, 0], [0]])
  })
})
