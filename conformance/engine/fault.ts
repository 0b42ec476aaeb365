import { fromData, lift, type NumberArray } from '../../reference/arithmetic/array.ts'
import { number } from '../../reference/arithmetic/number.ts'
import { ieee } from '../../reference/arithmetic/profile.ts'
import type { Reference } from '../../reference/reference.ts'
import { checkArguments } from '../../spec/language/check.ts'
import type { Operation, ParametersOf } from '../../spec/language/operation.ts'
import type { Tensor } from '../../spec/language/tensor.ts'
import type { Evaluate, Implementation } from './implementation.ts'

type Numbers<Names> = { readonly [I in keyof Names]: NumberArray<number> }

/** A deliberately wrong implementation of one operation: a mistake that people really make. */
export interface Fault {
  /** `cnn.conv2d: flips the kernel`, unique. */
  readonly id: string
  readonly operation: Operation
  readonly name: string
  readonly evaluate: Evaluate
}

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

/** The reference as an implementation, in float32 answers: right wherever it is not replaced. */
export function referenceImplementation(
  operations: readonly Operation[],
  references: Readonly<Record<string, Reference<never>>>,
): Implementation {
  const evaluateReference =
    (operation: Operation): Evaluate =>
    (inputs, parameters) => {
      checkArguments(operation, inputs, parameters)
      const reference = references[operation.id] as unknown as Reference<Operation>
      const arrays = mapValues(inputs, (tensor) => lift(number, tensor))
      return mapValues(reference(number, arrays, parameters as never), toFloat32)
    }
  return {
    name: 'reference',
    version: '1',
    precision: 'float32',
    profile: ieee,
    device: 'the reference in double precision',
    operations: Object.fromEntries(
      operations.map((operation) => [operation.id, evaluateReference(operation)]),
    ),
  }
}

/** The reference with one operation replaced by a fault. */
export function faulty(right: Implementation, fault: Fault): Implementation {
  return {
    ...right,
    name: `fault: ${fault.id}`,
    operations: { ...right.operations, [fault.operation.id]: fault.evaluate },
  }
}

/** An array with other elements in the same places; what most faults do to an argument. */
export function mapArray(
  array: NumberArray<number>,
  change: (value: number, position: number) => number,
): NumberArray<number> {
  return fromData(array.shape, array.data.map(change))
}

function toFloat32({ shape, data }: NumberArray<number>): Tensor {
  return { dtype: 'float32', shape, data: new Float32Array(data) }
}

export function mapValues<A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B) {
  const changed: Record<string, B> = {}
  for (const name in record) changed[name] = change(record[name]!)
  return changed
}
