import { lift, type NumberArray } from '../../reference/arithmetic/array.ts'
import { number } from '../../reference/arithmetic/number.ts'
import { ieee } from '../../reference/arithmetic/profile.ts'
import type { References } from '../../reference/reference.ts'
import { checkArguments } from '../../spec/language/check.ts'
import { unasked } from '../../spec/language/gradient.ts'
import type { Operation } from '../../spec/language/operation.ts'
import type { Tensor } from '../../spec/language/tensor.ts'
import { mapValues } from '../base/records.ts'
import type { Evaluate, Implementation } from './implementation.ts'

/** A deliberately wrong implementation of one operation: a mistake that people really make. */
export interface Fault {
  /** `cnn.conv2d: flips the kernel`, unique. */
  readonly id: string
  readonly operation: Operation
  readonly name: string
  readonly evaluate: Evaluate
}

/**
 * The reference as an implementation, in float32 answers: right wherever it is not replaced. It gives no more
 * than it is asked for.
 */
export function referenceImplementation(
  operations: readonly Operation[],
  references: References,
): Implementation {
  const evaluateReference =
    (operation: Operation): Evaluate =>
    (inputs, parameters) => {
      checkArguments(operation, inputs, parameters)
      const arrays = mapValues(inputs, (tensor) => lift(number, tensor))
      const answer = references[operation.id]!(number, arrays, parameters)
      const left = unasked(operation, inputs)
      const asked = Object.entries(answer).filter(([output]) => !left.includes(output))
      return mapValues(Object.fromEntries(asked), toFloat32)
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

/** Answers in the format in which faults and the reference are judged. */
export function toFloat32({ shape, data }: NumberArray<number>): Tensor {
  return { dtype: 'float32', shape, data: new Float32Array(data) }
}
