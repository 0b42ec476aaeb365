import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isMainThread } from 'node:worker_threads'
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
import {
  type AdapterInfo,
  describeAdapter,
  type Found,
  type Gpu,
  isSoftware,
} from './webgpu-adapter.ts'
import { pollSeldom } from './webgpu-polling.ts'

/** By what WebGPU reaches a GPU here. */
export const through: {
  readonly words: string
  readonly versions: () => Readonly<Record<string, string>>
} = { words: 'via Dawn', versions: () => ({ 'webgpu (Dawn)': versionOf('webgpu') }) }

/**
 * Every entry to Dawn that was ever made. Version 0.6 of the package webgpu asks one for events after
 * it was garbage-collected, and the process crashes. Smallest case: request an adapter and a device,
 * destroy the device, drop all three, collect garbage.
 */
const instances = new Set<Gpu>()

/** The GPU to use, or, unless `hardwareOnly`, one that is emulated on the processor. */
export async function findAdapter(hardwareOnly: boolean): Promise<Found> {
  const { seen, reason } = hardwareInSight()
  if (hardwareOnly) {
    if (!seen) throw new DeviceUnavailable('webgpu', reason, hardwareRemedy())
    // A driver that crashes must not take `auto` down with it.
    const probe = await probeAdapter()
    if (!probe.info) throw new DeviceUnavailable('webgpu', probe.reason, hardwareRemedy())
  }
  const { create, globals } = await loadDawn()
  Object.assign(globalThis, globals)

  const request = async (): Promise<Found | undefined> => {
    const gpu = create([]) as unknown as Gpu
    instances.add(gpu)
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' })
    if (adapter && isSoftware(adapter.info)) pollSeldom()
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

/** Has libraries find a GPU where they would in a browser; `undefined` takes it away. */
export function offerGpu(gpu: Gpu | undefined): void {
  const scope = globalThis as { navigator?: object }
  if (!scope.navigator) {
    Object.defineProperty(scope, 'navigator', { value: {}, configurable: true, writable: true })
  }
  Object.defineProperty(scope.navigator, 'gpu', { value: gpu, configurable: true, writable: true })
}
