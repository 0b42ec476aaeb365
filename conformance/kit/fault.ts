import { fromData, lift, type NumberArray } from '../../reference/arithmetic/array.ts'
import { number } from '../../reference/arithmetic/number.ts'
import type { Reference } from '../../reference/reference.ts'
import { checkArguments } from '../../spec/language/check.ts'
import type { Operation, ParametersOf } from '../../spec/language/operation.ts'
import { mapValues } from '../base/records.ts'
import { type Fault, toFloat32 } from '../engine/fault.ts'
import type { Evaluate } from '../engine/implementation.ts'

type Numbers<Names> = { readonly [I in keyof Names]: NumberArray<number> }

/** What a fault is made from: the arguments, and the right answer to any arguments. */
export interface Right<O extends Operation> {
  readonly inputs: Numbers<O['inputs']>
  readonly parameters: ParametersOf<O>
  right(inputs: Numbers<O['inputs']>, parameters: ParametersOf<O>): Numbers<O['outputs']>
}

/** A fault that gives a wrong answer to valid arguments. */
export function fault<O extends Operation>(
  operation: O,
  reference: Reference<O>,
  name: string,
  wrong: (the: Right<O>) => Numbers<O['outputs']>,
): Fault {
  return {
    id: `${operation.id}: ${name}`,
    operation,
    name,
    evaluate: (inputs, parameters) => {
      checkArguments(operation, inputs, parameters)
      const arrays = mapValues(inputs, (tensor) => lift(number, tensor))
      const answer = wrong({
        inputs: arrays as never,
        parameters: parameters as never,
        right: (otherInputs, otherParameters) => reference(number, otherInputs, otherParameters),
      })
      return mapValues(answer as Record<string, NumberArray<number>>, toFloat32)
    },
  }
}

/** A fault that answers arguments which it should reject. */
export function lenient(operation: Operation, name: string, evaluate: Evaluate): Fault {
  return { id: `${operation.id}: ${name}`, operation, name, evaluate }
}

/** An array with other elements in the same places; what most faults do to an argument. */
export function mapArray(
  array: NumberArray<number>,
  change: (value: number, position: number) => number,
): NumberArray<number> {
  return fromData(array.shape, array.data.map(change))
}
