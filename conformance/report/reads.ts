import { lift } from '../../reference/arithmetic/array.ts'
import { number } from '../../reference/arithmetic/number.ts'
import { referencesById } from '../../reference/index.ts'
import { operationById } from '../../spec/index.ts'
import { checkArguments } from '../../spec/language/check.ts'
import type { Operation, Parameters } from '../../spec/language/operation.ts'
import { isAbsent, type Tensor } from '../../spec/language/tensor.ts'
import { mapValues } from '../base/records.ts'

/** A question to an operation, with its arrays decoded. */
export interface Asked {
  readonly operation: string
  readonly inputs: Readonly<Record<string, Tensor>>
  readonly parameters: Parameters
}

/** The positions, in row-major order, of the elements of each input that count. */
export type Reads = Readonly<Record<string, ReadonlySet<number>>>

/** Above so many elements of all inputs, a case is too large to be asked again for each of them. */
const mostElements = 64

/**
 * Which elements of its inputs one element of an output depends on, as the reference tells when it is asked
 * again with each of them changed: the window of a convolution, the steps before one of a recurrent layer.
 * Nothing about the operation is assumed. So that a weight of 0 hides no pixel, the same is asked with ones
 * in place of all zeros. `null` where the case is too large, or the reference refuses it.
 */
export function readsOf(asked: Asked, output: string, position: number): Reads | null {
  const operation = operationById(asked.operation)
  if (operation === undefined) return null
  const total = Object.values(asked.inputs).reduce((sum, { data }) => sum + data.length, 0)
  if (total > mostElements) return null
  const element = (inputs: Asked['inputs']) => {
    return elementOf(operation, inputs, asked.parameters, output, position)
  }
  const bases = [asked.inputs, withoutZeros(operation, asked.inputs)].flatMap((inputs) => {
    const value = element(inputs)
    return value === null ? [] : [{ inputs, value, far: farFrom(inputs) }]
  })
  if (bases.length === 0) return null
  const isRead = (name: string, at: number) =>
    bases.some(({ inputs, value, far }) =>
      changesOf(inputs[name]!, at, far).some((changed) => {
        const other = element({ ...inputs, [name]: changed })
        return other !== null && !Object.is(other, value)
      }),
    )
  return Object.fromEntries(
    Object.entries(asked.inputs).map(([name, tensor]) => [
      name,
      new Set(isAbsent(tensor) ? [] : [...tensor.data.keys()].filter((at) => isRead(name, at))),
    ]),
  )
}

/** One element of the answer of the reference; `null` where it refuses the arguments. */
function elementOf(
  operation: Operation,
  inputs: Asked['inputs'],
  parameters: Parameters,
  output: string,
  position: number,
): number | null {
  try {
    checkArguments(operation, inputs, parameters)
    const arrays = mapValues(inputs, (tensor) => lift(number, tensor))
    const answer = referencesById[operation.id]!(number, arrays, parameters)
    return answer[output]?.data[position] ?? null
  } catch {
    return null
  }
}

/** Far enough above or below an element to be a maximum, or none. */
function farFrom(inputs: Asked['inputs']): number {
  const sizes = Object.values(inputs).flatMap(({ data }) => Array.from(data, Math.abs))
  return 1 + 2 * Math.max(0, ...sizes.filter(Number.isFinite))
}

/** An array with one element changed in each way that may show; those that its kind forbids are refused. */
function changesOf(tensor: Tensor, at: number, far: number): readonly Tensor[] {
  const value = tensor.data[at]!
  return [value + far, value - far, value === 0 ? 1 : 0].map((other) => {
    const data = tensor.data.slice()
    data[at] = other
    return { ...tensor, data }
  })
}

/** Of bits, a 0 is no number that is small, but a choice: it stays. */
function withoutZeros(operation: Operation, inputs: Asked['inputs']): Asked['inputs'] {
  return mapValues(inputs, (tensor, name) => {
    if (operation.inputs[name]?.elements === 'bit') return tensor
    const data = tensor.data.slice()
    for (const [at, value] of data.entries()) if (value === 0) data[at] = 1
    return isAbsent(tensor) ? tensor : { ...tensor, data }
  })
}
