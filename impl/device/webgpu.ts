import * as tf from '@tensorflow/tfjs-core'
import { type Backend, startBackend } from './backend.ts'
import { versionOf } from './packages.ts'
import { describeAdapter, isSoftware } from './webgpu-adapter.ts'
import { reportErrors } from './webgpu-errors.ts'
import { findAdapter, offerGpu, through } from './webgpu-host.ts'
import { writeThroughQueue } from './webgpu-uploads.ts'

const PACKAGE = '@tensorflow/tfjs-backend-webgpu'

/** The limits that TensorFlow.js plans its shaders by; without asking, a device has the least. */
const LIMITS = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
]

/**
 * WebGPU: in Node through Dawn, on any GPU with Vulkan, Metal or Direct3D 12; in a browser, what it has.
 * Without a GPU, and unless `hardwareOnly`, one that is emulated on the processor.
 */
export async function openWebgpu(hardwareOnly: boolean): Promise<Backend> {
  const { gpu, adapter } = await findAdapter(hardwareOnly)
  const requiredLimits = Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]!]))
  const gpuDevice = await adapter.requestDevice({ requiredLimits })

  let fault: string | undefined
  let closing = false
  reportErrors(gpuDevice, (message) => {
    fault ??= message
  })
  void gpuDevice.lost.then(({ reason, message }) => {
    if (!closing) fault ??= `the GPU was lost (${reason}): ${message}`
  })

  offerGpu(gpu)
  try {
    const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu')
    // Small operations would otherwise run on the CPU.
    tf.env().set('WEBGPU_CPU_FORWARD', false)
    if (tf.findBackendFactory('webgpu')) tf.removeBackend('webgpu')
    const create = () =>
      writeThroughQueue(new WebGPUBackend(gpuDevice as never, adapter.info as never))
    tf.registerBackend('webgpu', create)
    await startBackend('webgpu', PACKAGE)
  } catch (error) {
    release()
    throw error
  }

  function release(): void {
    closing = true
    // Only the creation of this device may use its factory.
    if (tf.findBackendFactory('webgpu')) tf.removeBackend('webgpu')
    gpuDevice.destroy()
    // Node keeps running for as long as a GPU can be reached.
    offerGpu(undefined)
  }

  return {
    description: describeAdapter(adapter.info, through.words),
    profile: 'wgsl',
    software: isSoftware(adapter.info),
    versions: {
      [PACKAGE]: versionOf(PACKAGE),
      ...through.versions(),
      // A browser may keep it to itself.
      driver: adapter.info.description || 'not told',
    },
    fault: () => fault,
    forgetFault: () => {
      fault = undefined
    },
    release,
  }
}
