import type { Outputs } from '../engine/implementation.ts'
import type { Expected } from './cases.ts'
import { laidOut } from './layout.ts'

/** What is expected of each output. */
export type Wanted = Readonly<Record<string, Expected>>

/** An array with its axes in another order. */
export function turn(want: Expected, order: readonly number[]): Expected {
  return {
    shape: order.map((axis) => want.shape[axis]!),
    data: laidOut(want.data, want.shape, order),
    bounds: laidOut(want.bounds, want.shape, order),
  }
}

/** Whether an answer is what is expected, or that with the axes or the numbers in given orders. */
export function agreesInSomeOrder(
  want: Wanted,
  answer: Outputs,
  turned: Readonly<Record<string, readonly number[]>>,
): boolean {
  return Object.entries(want).every(([name, expected]) => {
    const given = answer[name]!
    const order = turned[name]
    if (order === undefined) return agrees(expected, given)
    const other = turn(expected, order)
    return agrees(other, given) || agrees({ ...other, shape: expected.shape }, given)
  })
}

/** Whether an answer is what is expected, with the axes of each output in a given order. */
export function agreesTurned(
  want: Wanted,
  answer: Outputs,
  orders: Readonly<Record<string, readonly number[]>>,
): boolean {
  return Object.entries(want).every(([name, expected]) => {
    const given = answer?.[name]
    return given !== undefined && agrees(turn(expected, orders[name]!), given)
  })
}

/** Whether all of an answer is what is expected. */
export function agreesAll(want: Wanted, answer: Outputs): boolean {
  return Object.entries(want).every(([name, expected]) => agrees(expected, answer[name]!))
}

export function agrees(want: Expected, { shape, data }: Outputs[string]): boolean {
  return shape.join() === want.shape.join() && near(want, data)
}

export function near(
  { data: want, bounds }: Pick<Expected, 'data' | 'bounds'>,
  data: ArrayLike<number>,
) {
  return (
    data.length === want.length &&
    want.every((value, i) => {
      const given = data[i]!
      return Object.is(value, given) || Math.abs(value - given) <= bounds[i]!
    })
  )
}
