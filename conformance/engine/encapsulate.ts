import { lift } from '../../reference/arithmetic/array.ts'
import { number } from '../../reference/arithmetic/number.ts'
import type { Note, Reference } from '../../reference/reference.ts'
import type { Operation } from '../../spec/language/operation.ts'
import { elements, type Tensor, type TypedArrays } from '../../spec/language/tensor.ts'
import type { Case } from '../arbitraries/case.ts'
import { mapValues } from '../base/records.ts'
import type { Capsule, EncodedTensor } from './capsule.ts'
import type { References } from './expectations.ts'
import type { Implementation } from './implementation.ts'
import type { Property } from './property.ts'
import type { Trial } from './trial.ts'

const arrayTypes: {
  [D in keyof TypedArrays]: new (
    buffer: ArrayBuffer,
  ) => TypedArrays[D]
} = { float32: Float32Array, float64: Float64Array, int32: Int32Array }

/** The elements of a tensor as base64; every supported platform stores numbers little-endian. */
export function encode({ dtype, shape, data }: Tensor): EncodedTensor {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  return { dtype, shape, data: bytes.toString('base64') }
}

/** Throws `RangeError` when the data do not fill the shape. */
export function decode({ dtype, shape, data }: EncodedTensor): Tensor {
  const bytes = Buffer.from(data, 'base64')
  const array = new arrayTypes[dtype](Uint8Array.from(bytes).buffer)
  if (array.length !== elements(shape)) {
    throw new RangeError(`${array.length} elements for the shape [${shape.join(', ')}]`)
  }
  return { dtype, shape, data: array }
}

/** Packs a case that did not conform so that it can be run again anywhere. */
export function encapsulate(
  property: Property,
  { name, version, device, precision }: Implementation,
  { sizes, parameters, inputs }: Case,
  trial: Trial,
  references: References,
  { seed, path }: { readonly seed: number; readonly path: string },
): Capsule {
  const comparisons = trial.result === 'violates' ? trial.comparisons : []
  const doubles = (shape: readonly number[], data: readonly number[]) =>
    encode({ dtype: 'float64', shape, data: Float64Array.from(data) })
  return {
    format: 'touchstone-capsule/1',
    clause: property.clause,
    property: property.id,
    implementation: { name, version },
    seed,
    path,
    sizes,
    parameters,
    inputs: mapValues(inputs, encode),
    comparisons: comparisons.map(({ label, shape, expected, bounds, actualShape, actual }) => ({
      label,
      expected: doubles(shape, expected),
      bound: doubles(shape, bounds),
      actual: doubles(actualShape, actual),
    })),
    intermediates: intermediatesOf(trial, references),
    environment: { device, precision, node: process.version },
  }
}

/**
 * What the reference computes on the way to the answers to the questions of a case, in double
 * precision; of several questions, each with its number and its operation.
 */
function intermediatesOf(trial: Trial, references: References) {
  const questions = 'questions' in trial ? trial.questions : []
  const noted: Record<string, EncodedTensor> = {}
  for (const [i, { operation, inputs, parameters }] of questions.entries()) {
    const of = questions.length === 1 ? '' : `${i + 1}, ${operation.id}: `
    const note: Note = (name, { shape, data }) => {
      noted[of + name] = encode({
        dtype: 'float64',
        shape,
        data: Float64Array.from(data as readonly number[]),
      })
    }
    const reference = references[operation.id] as unknown as Reference<Operation> | undefined
    if (reference === undefined) continue
    const arrays = mapValues(inputs, (tensor) => lift(number, tensor))
    try {
      reference(number, arrays, parameters as never, note)
    } catch {
      // Arguments that are to be rejected may be more than the formula can be written for.
    }
  }
  return noted
}

/** The case that a capsule holds. */
export function caseIn({ sizes, parameters, inputs }: Capsule): Case {
  return { sizes, parameters, inputs: mapValues(inputs, decode) }
}
