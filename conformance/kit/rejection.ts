import { lift } from '../../reference/arithmetic/array.ts'
import { number } from '../../reference/arithmetic/number.ts'
import { referencesById } from '../../reference/index.ts'
import { checkArguments } from '../../spec/language/check.ts'
import type { Operation } from '../../spec/language/operation.ts'
import type { Tensor } from '../../spec/language/tensor.ts'
import type { Invalidity } from '../arbitraries/invalidity.ts'
import { mapValues } from '../base/records.ts'
import { type Fault, toFloat32 } from '../engine/fault.ts'
import type { Common, Definition } from './definition.ts'
import { lenient } from './faults.ts'

/** Arguments outside the signature are rejected, not answered. */
export function rejection<O extends Operation>(
  name: string,
  operation: O,
  invalidities: readonly Invalidity[],
  options: Common,
): Definition {
  return (clause) => ({
    id: `${clause}/${name}`,
    clause,
    title: options.title,
    operations: [operation],
    space: operation,
    values: 'integers',
    kills: invalidities.some(({ sameNumbers }) => sameNumbers)
      ? [...options.kills, misreadsTypes(operation)]
      : options.kills,
    share: options.share ?? 1,
    examples: [],
    check: { kind: 'rejection', operation, invalidities },
  })
}

const misreading = new Map<Operation, Fault>()

/** Takes the memory of an array for float32, as code does that casts a pointer: one fault of each operation. */
function misreadsTypes(operation: Operation): Fault {
  const before = misreading.get(operation)
  if (before !== undefined) return before
  const fault = lenient(
    operation,
    'takes the bytes of another type for its own',
    (inputs, parameters) => {
      checkArguments(operation, inputs, parameters)
      const read = mapValues(inputs, (tensor) => lift(number, asBytes(tensor)))
      return mapValues(referencesById[operation.id]!(number, read, parameters), toFloat32)
    },
  )
  misreading.set(operation, fault)
  return fault
}

function asBytes({ shape, data }: Tensor): Tensor {
  const bytes = data.buffer as ArrayBuffer
  return { dtype: 'float32', shape, data: new Float32Array(bytes, data.byteOffset, data.length) }
}
