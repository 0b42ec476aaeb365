import * as tf from '@tensorflow/tfjs-core'
import { checkArguments } from '../spec/language/check.ts'
import { ArgumentError } from '../spec/language/errors.ts'
import type { Operation, Parameters } from '../spec/language/operation.ts'
import type { Tensor } from '../spec/language/tensor.ts'
import { readTogether, upload, watched } from './device/transfer.ts'
import type { Fast } from './operation.ts'

type Arrays = Readonly<Record<string, Tensor>>

/** Runs a fast operation on arrays of the host: upload, compute, read back, free. */
export function evaluateOn(
  operation: Operation,
  fast: Fast<Operation>,
  { waits }: { readonly waits: boolean },
) {
  return (inputs: Arrays, parameters: Parameters): Arrays | Promise<Arrays> => {
    const sizes = checkArguments(operation, inputs, parameters)
    checkTypes(operation, inputs)
    const compute = () =>
      tf.tidy(() => {
        const tensors: Record<string, tf.Tensor> = {}
        for (const [name, { shape, data }] of Object.entries(inputs)) {
          const numbers = data as Float32Array
          tensors[name] = waits ? upload(numbers, shape) : tf.tensor(numbers, [...shape], 'float32')
        }
        // A kernel adds zeros as fast as it asks whether there is anything to add.
        for (const [name, { axes, optional }] of Object.entries(operation.inputs)) {
          if (optional) tensors[name] ??= tf.zeros(axes.map((symbol) => sizes[symbol]!))
        }
        return { ...fast(tensors, parameters) }
      })
    if (!waits) return readSync(compute())
    const { result, error } = watched(compute)
    return error === null ? readAsync(result) : blamed(readAsync(result), error)
  }
}

/** Devices compute in float32; what comes in another type is not converted behind anyone's back. */
function checkTypes({ id }: Operation, inputs: Arrays): void {
  for (const name in inputs) {
    const { dtype } = inputs[name]!
    if (dtype !== 'float32') throw new ArgumentError(id, name, `an array of ${dtype}`, 'float32')
  }
}

function readSync(outputs: Readonly<Record<string, tf.Tensor>>): Arrays {
  const arrays: Record<string, Tensor> = {}
  for (const [name, tensor] of Object.entries(outputs)) {
    arrays[name] = toArray(tensor, tensor.dataSync() as Float32Array)
  }
  return arrays
}

/** An answer once it is known that nothing was wrong with how it was computed. */
async function blamed(
  answer: Promise<Arrays>,
  error: Promise<string | undefined>,
): Promise<Arrays> {
  const [told, wrong] = await Promise.all([Promise.allSettled([answer]), error])
  if (wrong !== undefined) throw new Error(wrong)
  if (told[0].status === 'rejected') throw told[0].reason
  return told[0].value
}

async function readAsync(outputs: Readonly<Record<string, tf.Tensor>>): Promise<Arrays> {
  // All of them are asked for before the first is waited for, so that there is one wait for all.
  const entries = Object.entries(outputs).map(async ([name, tensor]) => {
    try {
      return [name, toArray(tensor, await readTogether(tensor))] as const
    } finally {
      tensor.dispose()
    }
  })
  return Object.fromEntries(await Promise.all(entries))
}

/** A copy: what a backend returns may be a view of memory that it uses again. */
function toArray(tensor: tf.Tensor, data: Float32Array | Int32Array): Tensor {
  const { shape, dtype } = tensor
  tensor.dispose()
  return dtype === 'int32'
    ? {
        dtype: 'int32',
        shape,
        data: data instanceof Int32Array ? data.slice() : Int32Array.from(data),
      }
    : {
        dtype: 'float32',
        shape,
        data: data instanceof Float32Array ? data.slice() : Float32Array.from(data),
      }
}
