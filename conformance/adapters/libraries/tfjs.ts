import { ImplementationFailure, UnrunnableError } from '../../base/errors.ts'
import './tfjs-gradients.ts'
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
import { asReleased } from '../../../impl/device/replaced-kernels.ts'
import { offerSoftwareGpu } from '../../../impl/device/vulkan.ts'
import { openWasm } from '../../../impl/device/wasm.ts'
import type { Fast } from '../../../impl/operation.ts'
import type { Operation, Parameters } from '../../../spec/language/operation.ts'
import { mapValues } from '../../base/records.ts'
import type { Evaluate, Implementation, Inputs } from '../../engine/implementation.ts'
import { type AnsweredTensor, defineImplementation, type Operations } from '../define.ts'
import { bare } from './bare.ts'
import { argumentAtFault } from './meanings.ts'
import { adversarialCalls } from './tfjs-adversarial.ts'
import { calls, conventions } from './tfjs-calls.ts'
import { compressionCalls } from './tfjs-compression.ts'
import { domains } from './tfjs-domains.ts'
import { networkAxes, networkCalls } from './tfjs-networks.ts'
import { normalizationCalls, normalizationDomains } from './tfjs-normalization.ts'
import { objectiveCalls } from './tfjs-objective.ts'
import { recurrentAxes, recurrentCalls, recurrentDomains } from './tfjs-recurrent.ts'
import { transposedCalls, transposedDomains } from './tfjs-transposed.ts'
import { composedOf, onItsWay } from './unsupported.ts'

/**
 * TensorFlow.js on one of its backends, bare.
 *
 * On WebGPU small operations are kept from running on the processor (`WEBGPU_CPU_FORWARD`), or
 * they would say nothing of the backend; apart from this all is as the packages come.
 */
export async function tfjsOn(name: DeviceName): Promise<Implementation> {
  if (name === 'webgpu') offerSoftwareGpu()
  const device = await openDevice(name).catch((error: unknown) => {
    if (!(error instanceof DeviceUnavailable)) throw error
    throw new UnrunnableError(`tfjs:${name} is not there: ${error.reason}`, [error.remedy])
  })
  return tfjs(device)
}

/** TensorFlow.js on a device that is open. */
export function tfjs(device: Device): Implementation {
  const all = {
    ...calls,
    ...transposedCalls,
    ...compressionCalls,
    ...recurrentCalls,
    ...networkCalls,
    ...adversarialCalls,
    ...objectiveCalls,
    ...normalizationCalls,
  }
  const told = mapValues(
    all,
    (call) => (inputs: Inputs, parameters: Parameters) =>
      answerOf(call as Call, inputs, parameters),
  )
  const implementation = defineImplementation({
    name: `tfjs:${device.name}`,
    version: tf.version_core,
    precision: 'float32',
    profile: device.profile,
    device: device.description,
    operations: told as Operations<typeof conventions>,
    axes: { ...recurrentAxes, ...networkAxes },
    conventions,
    supports: { ...domains, ...recurrentDomains, ...transposedDomains, ...normalizationDomains },
    unchecked: composedOf('TensorFlow.js', {
      ...transposedCalls,
      ...compressionCalls,
      ...networkCalls,
      ...adversarialCalls,
      ...objectiveCalls,
      ...normalizationCalls,
    }),
    stateless: onItsWay('TensorFlow.js'),
    versions: device.versions,
  })
  return bare('tfjs', {
    ...implementation,
    operations: mapValues(implementation.operations, (evaluate, id) =>
      watched(id, evaluate, device),
    ),
    use: () => useDevice(device),
    assertDevice: () => assertDevice(device),
  })
}

type Call = Fast<Operation>

/**
 * A call. What the library thinks of its arguments is for the library to say; but what it destroys while
 * it computes with invalid ones is put right, so that no later call is blamed.
 */
function watched(id: string, evaluate: Evaluate, device: Device): Evaluate {
  return async (inputs, parameters) => {
    const [told] = await Promise.allSettled([Promise.resolve(evaluate(inputs, parameters))])
    const isThrown = told.status === 'rejected'
    const failure = isThrown ? failureIn(told.reason) : undefined
    const fault = failure ?? device.fault()
    device.forgetFault?.()
    const isInvalid = argumentAtFault(id, inputs, parameters) !== null
    const isSpoilt = isThrown ? failure !== undefined : isInvalid
    if (isSpoilt && device.name === 'wasm') await renewWasm()
    // To crash is not to reject, and neither is to compile no shader.
    if (fault !== undefined) throw new ImplementationFailure(fault)
    if (isThrown) throw told.reason
    return told.value
  }
}

async function answerOf(call: Call, inputs: Inputs, parameters: Parameters) {
  const outputs = asReleased(() =>
    tf.tidy(() => {
      const tensors = mapValues(inputs, ({ shape, data }) =>
        tf.tensor(data as Float32Array, [...shape], 'float32'),
      )
      return { ...call(tensors, parameters) }
    }),
  )
  const answer: Record<string, AnsweredTensor> = {}
  for (const [name, tensor] of Object.entries(outputs)) {
    // A copy: a backend may use the memory again.
    answer[name] = { shape: tensor.shape, data: (await tensor.data()).slice() }
    tensor.dispose()
  }
  return answer
}

/** Starts WebAssembly anew: what it wrote beyond its arrays has changed what is not its own. */
async function renewWasm(): Promise<void> {
  // To free the memory properly may be more than is left of it allows.
  Object.assign(tf.findBackend('wasm'), { dispose: () => {} })
  forgetBackend('wasm')
  await openWasm()
}
