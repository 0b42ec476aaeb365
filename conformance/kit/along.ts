import { build, type NumberArray } from '../../reference/arithmetic/array.ts'

/** The part of an array at one place of an axis, which is then gone. */
export function memberAt<T>(array: NumberArray<T>, axis: number, place: number): NumberArray<T> {
  return build(array.shape.toSpliced(axis, 1), (...at) => array.at(...at.toSpliced(axis, 0, place)))
}

/** At least one array, each at its place along a new axis. */
export function layered<T>(axis: number, arrays: readonly NumberArray<T>[]): NumberArray<T> {
  return build(arrays[0]!.shape.toSpliced(axis, 0, arrays.length), (...at) =>
    arrays[at[axis]!]!.at(...at.toSpliced(axis, 1)),
  )
}

/** The first axis of an array that a part of it does not have, by their symbols; −1 where there is none. */
export function axisBeside(whole: readonly string[], part: readonly string[]): number {
  return whole.length > part.length ? whole.findIndex((symbol) => !part.includes(symbol)) : -1
}
