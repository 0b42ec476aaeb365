import type { Arithmetic } from '../../reference/arithmetic/arithmetic.ts'
import { build, fromData, type NumberArray } from '../../reference/arithmetic/array.ts'
import type { Argument } from '../engine/property.ts'

/** The elements of an argument, read by index. */
export function plain(argument: Argument): NumberArray<number> {
  return fromData(argument.shape, Array.from(argument.data))
}

/** An answer as plain numbers, to ask the next question with. */
export function numbers<T>(
  { toNumber }: Arithmetic<T>,
  { shape, data }: NumberArray<T>,
): NumberArray<number> {
  return fromData(shape, data.map(toNumber))
}

/** An array with other elements in the same places. */
export function changed(
  argument: Argument,
  change: (value: number, position: number) => number,
): NumberArray<number> {
  return fromData(argument.shape, Array.from(argument.data as ArrayLike<number>, change))
}

/** Numbers between −1 and 1, in the order of others: they saturate no unit, and every slope counts. */
export const moderate = (argument: Argument) =>
  changed(argument, (v) => Math.fround(v / (1 + Math.abs(v))))

/** An array of which every element is the same number. */
export function filled(shape: readonly number[], value: number): NumberArray<number> {
  return build(shape, () => value)
}

export const zeros = (shape: readonly number[]) => filled(shape, 0)

/** A single number as an array. */
export const scalar = <T>(value: T): NumberArray<T> => build([], () => value)

/** Numbers in a row as an array. */
export const row = <T>(...values: readonly T[]): NumberArray<T> => fromData([values.length], values)

/** The elements of an array in other places: at each index, the one from `from(index)`. */
export function permuted<T>(
  array: NumberArray<T>,
  from: (...at: number[]) => readonly number[],
): NumberArray<T> {
  return build(array.shape, (...at) => array.at(...from(...at)))
}

/** The part of an array from the first index of each axis on, in another shape. */
export function part<T>(
  array: NumberArray<T>,
  shape: readonly number[],
  first: readonly number[] = [],
): NumberArray<T> {
  return build(shape, (...at) => array.at(...at.map((index, axis) => index + (first[axis] ?? 0))))
}

/** Arrays one after the other along an axis. */
export function joined<T>(axis: number, ...arrays: readonly NumberArray<T>[]): NumberArray<T> {
  const sizes = arrays.map(({ shape }) => shape[axis]!)
  const whole = sizes.reduce((sum, size) => sum + size, 0)
  return build(arrays[0]!.shape.with(axis, whole), (...at) => {
    let index = at[axis]!
    let which = 0
    while (index >= sizes[which]!) index -= sizes[which++]!
    return arrays[which]!.at(...at.with(axis, index))
  })
}
