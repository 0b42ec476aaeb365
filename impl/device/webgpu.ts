import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isMainThread } from 'node:worker_threads'
import * as tf from '@tensorflow/tfjs-core'
import { type Backend, startBackend } from './backend.ts'
import { DeviceUnavailable, messageOf } from './errors.ts'
import { resolvePackage, versionOf } from './packages.ts'
import { runProbe } from './probe.ts'
import {
  chosenDriver,
  hardwareInSight,
  hardwareRemedy,
  loadVulkan,
  offerSoftwareGpu,
  softwareDriver,
  softwareRemedy,
} from './vulkan.ts'
import { type ReportingDevice, reportErrors } from './webgpu-errors.ts'
import { writeThroughQueue } from './webgpu-uploads.ts'

const PACKAGE = '@tensorflow/tfjs-backend-webgpu'

/** What an adapter says about itself: the fields of WebGPU's GPUAdapterInfo. */
export interface AdapterInfo {
  readonly vendor: string
  readonly architecture: string
  readonly device: string
  readonly description: string
  readonly isFallbackAdapter?: boolean
}

/** The part of WebGPU that is used here; its full types would bring those of the browser along. */
interface Gpu {
  requestAdapter(options?: { powerPreference?: 'high-performance' }): Promise<Adapter | null>
}
interface Adapter {
  readonly info: AdapterInfo
  readonly limits: Readonly<Record<string, number>>
  requestDevice(options: { requiredLimits: Record<string, number> }): Promise<GpuDevice>
}
interface GpuDevice extends ReportingDevice {
  readonly lost: Promise<{ readonly reason: string; readonly message: string }>
  destroy(): void
}

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
 * WebGPU in Node through Dawn: any GPU with Vulkan, Metal or Direct3D 12.
 * Without a GPU, and unless `hardwareOnly`, a Vulkan driver that runs on the processor.
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

  setNavigatorGpu(gpu)
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
    setNavigatorGpu(undefined)
  }

  return {
    description: describeAdapter(adapter.info),
    profile: 'wgsl',
    software: isSoftware(adapter.info),
    versions: {
      [PACKAGE]: versionOf(PACKAGE),
      'webgpu (Dawn)': versionOf('webgpu'),
      driver: adapter.info.description,
    },
    fault: () => fault,
    forgetFault: () => {
      fault = undefined
    },
    release,
  }
}

/** One line for the report. */
export function describeAdapter(info: AdapterInfo): string {
  const software = isSoftware(info)
  const known = /swiftshader/i.test(info.architecture) ? 'SwiftShader' : undefined
  const name = known ?? (info.device || info.description || info.architecture || 'unnamed adapter')
  const vendor = known || !info.vendor ? '' : `${info.vendor} `
  return `webgpu, ${vendor}${name} (${software ? 'CPU' : 'GPU'}) via Dawn`
}

/** Whether an adapter runs on the processor. */
export function isSoftware(info: AdapterInfo): boolean {
  const text = [info.vendor, info.architecture, info.device, info.description].join(' ')
  return (
    info.isFallbackAdapter === true ||
    /swiftshader|llvmpipe|lavapipe|softpipe|software|microsoft basic render|\bwarp\b/i.test(text)
  )
}

/**
 * Every entry to Dawn that was ever made. Version 0.6 of the package webgpu asks one for events after
 * it was garbage-collected, and the process crashes. Smallest case: request an adapter and a device,
 * destroy the device, drop all three, collect garbage.
 */
const instances = new Set<Gpu>()

async function findAdapter(hardwareOnly: boolean): Promise<{ gpu: Gpu; adapter: Adapter }> {
  const { seen, reason } = hardwareInSight()
  if (hardwareOnly) {
    if (!seen) throw new DeviceUnavailable('webgpu', reason, hardwareRemedy())
    // A driver that crashes must not take `auto` down with it.
    const probe = await probeAdapter()
    if (!probe.info) throw new DeviceUnavailable('webgpu', probe.reason, hardwareRemedy())
  }
  const { create, globals } = await loadDawn()
  Object.assign(globalThis, globals)

  const request = async (): Promise<{ gpu: Gpu; adapter: Adapter } | undefined> => {
    const gpu = create([]) as unknown as Gpu
    instances.add(gpu)
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' })
    return adapter ? { gpu, adapter } : undefined
  }

  const chosen = chosenDriver()
  if (chosen) loadVulkan(dirname(chosen))
  const first = seen ? await request() : undefined
  if (first && !(hardwareOnly && isSoftware(first.adapter.info))) return first
  const why = first
    ? `the only adapter is ${describeAdapter(first.adapter.info)}, which is not a GPU`
    : seen
      ? 'Dawn found no adapter'
      : reason
  if (hardwareOnly) throw new DeviceUnavailable('webgpu', why, hardwareRemedy())

  const driver = chosen ? undefined : softwareDriver()
  if (driver && !isMainThread) {
    throw new DeviceUnavailable(
      'webgpu',
      `${why}, and a worker thread cannot tell Vulkan to use the software driver ${driver}`,
      `call offerSoftwareGpu() on the main thread, or set VK_ICD_FILENAMES=${driver}`,
    )
  }
  if (driver) {
    const withdraw = offerSoftwareGpu()
    try {
      const second = await request()
      if (second) return second
    } finally {
      withdraw()
    }
  }
  throw new DeviceUnavailable(
    'webgpu',
    driver ? `${why}, and the software driver ${driver} does not work either` : why,
    softwareRemedy(),
  )
}

const PROBE = `
  const { create, globals } = await import(process.argv[1])
  Object.assign(globalThis, globals)
  const adapter = await create([]).requestAdapter({ powerPreference: 'high-performance' })
  if (adapter) {
    const device = await adapter.requestDevice()
    device.destroy()
    const { vendor, architecture, device: name, description, isFallbackAdapter } = adapter.info
    console.log(JSON.stringify({ vendor, architecture, device: name, description, isFallbackAdapter }))
  } else console.log('null')
  process.exit(0)`

/**
 * Asks for an adapter in a process of its own, because a driver may abort the process.
 *
 * @param driver the Vulkan driver to use in place of those of the system
 */
export async function probeAdapter(
  driver?: string,
): Promise<{ readonly info?: AdapterInfo; readonly reason: string }> {
  const dawn = resolvePackage('webgpu')
  if (!dawn) return { reason: 'the package webgpu (Dawn) is not installed' }
  const folder = driver ?? chosenDriver()
  const libraries = [process.env.LD_LIBRARY_PATH, folder && dirname(folder)].filter(Boolean)
  const { value, failure } = await runProbe(PROBE, pathToFileURL(dawn).href, {
    ...(driver ? { VK_ICD_FILENAMES: driver } : {}),
    ...(libraries.length > 0 ? { LD_LIBRARY_PATH: libraries.join(':') } : {}),
  })
  if (failure) return { reason: failure }
  return value ? { info: value as AdapterInfo, reason: '' } : { reason: 'Dawn found no adapter' }
}

async function loadDawn(): Promise<typeof import('webgpu')> {
  try {
    return await import('webgpu')
  } catch (error) {
    throw new DeviceUnavailable(
      'webgpu',
      `the package webgpu (Dawn) does not load on ${process.platform} ${process.arch} (${messageOf(error)})`,
      'npm install webgpu on Linux, macOS or Windows, x64 or arm64',
      { cause: error },
    )
  }
}

function setNavigatorGpu(gpu: Gpu | undefined): void {
  const scope = globalThis as { navigator?: object }
  if (!scope.navigator) {
    Object.defineProperty(scope, 'navigator', { value: {}, configurable: true, writable: true })
  }
  Object.defineProperty(scope.navigator, 'gpu', { value: gpu, configurable: true, writable: true })
}
