import type { Operation, Parameters, ParametersOf } from '../spec/language/operation.ts'
import type { Arithmetic } from './arithmetic/arithmetic.ts'
import type { NumberArray } from './arithmetic/array.ts'

/**
 * Takes note of a value that a reference computes on the way, by a name that is used once: a padded
 * image, what comes before a nonlinearity, a gate. Given only when a failing case is packed, so that
 * whoever looks into it sees where the numbers part; it changes nothing of the result.
 *
 * A reference that has something to show takes `note` as its last argument and calls
 * `note?.('padded', padded)`.
 */
export type Note = (name: string, value: NumberArray<unknown>) => void

/**
 * The reference of an operation: its formula, written once for every arithmetic.
 * Arguments have been checked against the signature before it is called.
 */
export type Reference<O extends Operation> = <T>(
  arithmetic: Arithmetic<T>,
  inputs: { readonly [I in keyof O['inputs']]: NumberArray<T> },
  parameters: ParametersOf<O>,
  note?: Note,
) => { readonly [I in keyof O['outputs']]: NumberArray<T> }

/** References by the id of their operation, where that is known only when the program runs. */
export type References = Readonly<Record<string, ReferenceOfAny>>

/** The reference of some operation, with arrays by name. */
export type ReferenceOfAny = <T>(
  arithmetic: Arithmetic<T>,
  inputs: Readonly<Record<string, NumberArray<T>>>,
  parameters: Parameters,
  note?: Note,
) => Readonly<Record<string, NumberArray<T>>>
