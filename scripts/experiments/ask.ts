import { ours } from '../../conformance/adapters/ours.ts'
import { openDevice } from '../../impl/device/device.ts'
import type { Parameters } from '../../spec/language/operation.ts'
import type { Tensor } from '../../spec/language/tensor.ts'

/** Asks the fast implementation for an operation, at any size. */
export type Ask = (
  operation: string,
  inputs: Readonly<Record<string, Tensor>>,
  parameters?: Parameters,
) => Promise<Readonly<Record<string, Tensor>>>

/** The fast implementation on the device that every machine has. */
export async function asking(): Promise<Ask> {
  const implementation = ours(await openDevice('wasm'))
  await implementation.use?.()
  return async (operation, inputs, parameters = {}) =>
    implementation.operations[operation]!(inputs, parameters)
}

/** A tensor of single precision. */
export function tensor(shape: readonly number[], data: ArrayLike<number>): Tensor {
  return { dtype: 'float32', shape, data: Float32Array.from(data) }
}
