import type { Operation, ParametersOf } from '../spec/language/operation.ts'
import type { Arithmetic } from './arithmetic/arithmetic.ts'
import type { NumberArray } from './arithmetic/array.ts'

/**
 * The reference of an operation: its formula, written once for every arithmetic.
 * Arguments have been checked against the signature before it is called.
 */
export type Reference<O extends Operation> = <T>(
  arithmetic: Arithmetic<T>,
  inputs: { readonly [I in keyof O['inputs']]: NumberArray<T> },
  parameters: ParametersOf<O>,
) => { readonly [I in keyof O['outputs']]: NumberArray<T> }
