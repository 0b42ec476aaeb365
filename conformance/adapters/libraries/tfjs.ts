import { ImplementationFailure, UnrunnableError } from '../../base/errors.ts'
// It brings the gradients, which the core alone does not know.
import '@tensorflow/tfjs'
import * as tf from '@tensorflow/tfjs-core'
import { forgetBackend } from '../../../impl/device/backend.ts'
import {
  assertDevice,
  type Device,
  type DeviceName,
  DeviceUnavailable,
  failureIn,
  openDevice,
  useDevice,
} from '../../../impl/device/device.ts'
import { asReleased } from '../../../impl/device/tensorflow-kernels.ts'
import { offerSoftwareGpu } from '../../../impl/device/vulkan.ts'
import { openWasm } from '../../../impl/device/wasm.ts'
import { operationById } from '../../../spec/index.ts'
import { checkArguments } from '../../../spec/language/check.ts'
import type { Operation, Parameters } from '../../../spec/language/operation.ts'
import type { Implementation, Inputs } from '../../engine/implementation.ts'
import { type AnsweredTensor, defineImplementation, type Operations } from '../define.ts'
import { ofTensorFlow, withMeanings } from './meanings.ts'
import { provisions } from './provisions.ts'
import { calls } from './tfjs-calls.ts'
import { domains } from './tfjs-domains.ts'
import { reasonsFor } from './unsupported.ts'

/**
 * TensorFlow.js on one of its backends, bare.
 *
 * On WebGPU small operations are kept from running on the processor (`WEBGPU_CPU_FORWARD`), or
 * they would say nothing of the backend; apart from this all is as the packages come.
 */
export async function tfjsOn(name: DeviceName): Promise<Implementation> {
  if (name === 'webgpu') offerSoftwareGpu()
  let device: Device
  try {
    device = await openDevice(name)
  } catch (error) {
    if (!(error instanceof DeviceUnavailable)) throw error
    throw new UnrunnableError(`tfjs:${name} is not there: ${error.reason}`, [error.remedy])
  }
  return tfjs(device)
}

/** TensorFlow.js on a device that is open. */
export function tfjs(device: Device): Implementation {
  const operations = Object.fromEntries(
    Object.entries(calls).map(([id, call]) => [
      id,
      onTensors(operationById(id)!, call as unknown as Call, device),
    ]),
  )
  const implementation = {
    ...defineImplementation({
      name: `tfjs:${device.name}`,
      version: tf.version_core,
      precision: 'float32',
      profile: device.profile,
      device: device.description,
      operations: operations as Operations,
      supports: domains,
      unsupported: reasonsFor(provisions.tfjs, new Set(Object.keys(calls))),
      versions: device.versions,
    }),
    use: () => useDevice(device),
    assertDevice: () => assertDevice(device),
  }
  return withMeanings(implementation, ofTensorFlow)
}

type Tensors = Readonly<Record<string, tf.Tensor>>
type Call = (inputs: Tensors, parameters: Parameters) => Tensors

/**
 * A call on arrays of the host. What the library thinks of them is for the library to say; but what
 * it destroys while it computes with invalid ones is put right, so that no later call is blamed.
 */
function onTensors(operation: Operation, call: Call, device: Device) {
  return async (
    inputs: Inputs,
    parameters: Parameters,
  ): Promise<Record<string, AnsweredTensor>> => {
    try {
      const answer = await answerOf(call, inputs, parameters)
      const fault = device.fault()
      if (fault !== undefined) throw new ImplementationFailure(fault)
      if (device.name === 'wasm' && !isValid(operation, inputs, parameters)) await renewWasm()
      return answer
    } catch (error) {
      const fault = device.fault()
      device.forgetFault?.()
      const failure = failureIn(error)
      if (failure !== undefined && device.name === 'wasm') await renewWasm()
      // To crash is not to reject, and neither is to compile no shader.
      if (failure !== undefined) throw new ImplementationFailure(failure)
      if (fault !== undefined) throw new ImplementationFailure(fault)
      throw error
    }
  }
}

async function answerOf(
  call: Call,
  inputs: Inputs,
  parameters: Parameters,
): Promise<Record<string, AnsweredTensor>> {
  const outputs = asReleased(() =>
    tf.tidy(() => {
      const tensors: Record<string, tf.Tensor> = {}
      for (const [name, { shape, data }] of Object.entries(inputs)) {
        tensors[name] = tf.tensor(data as Float32Array, [...shape], 'float32')
      }
      return call(tensors, parameters) as Record<string, tf.Tensor>
    }),
  )
  const entries = Object.entries(outputs).map(async ([name, tensor]) => {
    const data = await tensor.data()
    tensor.dispose()
    // A copy: a backend may use the memory again.
    return [name, { shape: tensor.shape, data: data.slice() }] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}

function isValid(operation: Operation, inputs: Inputs, parameters: Parameters): boolean {
  try {
    checkArguments(operation, inputs, parameters)
    return true
  } catch {
    return false
  }
}

/** Starts WebAssembly anew: what it wrote beyond its arrays has changed what is not its own. */
async function renewWasm(): Promise<void> {
  // To free the memory properly may be more than is left of it allows.
  Object.assign(tf.findBackend('wasm'), { dispose: () => {} })
  forgetBackend('wasm')
  await openWasm()
}
