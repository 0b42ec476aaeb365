import { pathToFileURL } from 'node:url'
import * as tf from '@tensorflow/tfjs-core'
import { openDevice } from './device.ts'
import { DeviceUnavailable, type Unavailability } from './errors.ts'
import { type DeviceName, deviceNames } from './name.ts'
import { versionOf } from './packages.ts'
import { runProbe } from './probe.ts'
import { provenDevice } from './proof.ts'
import {
  describeTensorflow,
  SETUP_TENSORFLOW,
  type TensorflowBackend,
  tensorflowEnvironment,
  tensorflowPackage,
} from './tensorflow.ts'
import {
  chosenDriver,
  hardwareInSight,
  hardwareRemedy,
  softwareDriver,
  softwareRemedy,
} from './vulkan.ts'
import { describeAdapter, isSoftware } from './webgpu-adapter.ts'
import { probeAdapter } from './webgpu-host.ts'

/** Whether a device works here: what it is, or why not and what would change that. */
export type Diagnosis =
  | {
      readonly device: DeviceName
      readonly usable: true
      readonly description: string
      /** Whether `auto` considers it; a GPU that is emulated has to be asked for. */
      readonly automatic: boolean
    }
  | (Unavailability & { readonly usable: false })

/**
 * Examines every device. Native libraries are tried in a process of their own, so that a driver
 * that crashes costs an answer and nothing more. The device in use stays the one in use.
 */
export async function diagnose(): Promise<Diagnosis[]> {
  const [tensorflow, webgpu] = await Promise.all([
    orUnavailable(diagnoseTensorflow),
    orUnavailable(diagnoseWebgpu),
  ])
  const wasm = await orUnavailable(() => diagnoseHere('wasm'))
  const cpu = await orUnavailable(() => diagnoseHere('cpu'))
  const all: Readonly<Partial<Record<DeviceName, Diagnosis>>> = { tensorflow, webgpu, wasm, cpu }
  return deviceNames.map((name) => all[name]!)
}

async function orUnavailable(diagnosis: () => Promise<Diagnosis>): Promise<Diagnosis> {
  try {
    return await diagnosis()
  } catch (error) {
    if (!(error instanceof DeviceUnavailable)) throw error
    const { device, reason, remedy } = error
    return { device, usable: false, reason, remedy }
  }
}

/** WebAssembly and JavaScript cannot crash the process, and are opened in it. */
async function diagnoseHere(name: 'wasm' | 'cpu'): Promise<Diagnosis> {
  const { backendName } = tf.engine()
  const wasOpen = tf.findBackend(name) !== null
  const device = await openDevice(name)
  try {
    await provenDevice(device)
  } finally {
    if (!wasOpen) await device.close()
    if (backendName) await tf.setBackend(backendName)
  }
  return { device: name, usable: true, description: device.description, automatic: true }
}

const PROBE_TENSORFLOW = `
  const util = process.getBuiltinModule('node:util')
  util.isNullOrUndefined ??= (value) => value == null
  util.isArray ??= Array.isArray
  const { default: tf } = await import(process.argv[1])
  const sum = tf.add([1], [2]).dataSync()[0]
  if (sum !== 3) throw new Error('error: 1 + 2 came out as ' + sum)
  const { isUsingGpuDevice, binding } = tf.engine().backend
  console.log(JSON.stringify({ isUsingGpuDevice, binding: { TF_Version: binding.TF_Version } }))
  process.exit(0)`

/** Loads the TensorFlow package in a process of its own. */
export async function probeTensorflow(): Promise<TensorflowBackend> {
  const { name, file, from } = tensorflowPackage()
  const environment = tensorflowEnvironment('float32')
  const { value, failure } = await runProbe(PROBE_TENSORFLOW, pathToFileURL(file).href, environment)
  if (failure) {
    throw new DeviceUnavailable(
      'tensorflow',
      `${name} ${versionOf(name, from)} is installed, but ${failure}`,
      SETUP_TENSORFLOW,
    )
  }
  return value as TensorflowBackend
}

async function diagnoseTensorflow(): Promise<Diagnosis> {
  const description = describeTensorflow(await probeTensorflow(), 'float32')
  return { device: 'tensorflow', usable: true, description, automatic: true }
}

async function diagnoseWebgpu(): Promise<Diagnosis> {
  const usable = (info: Parameters<typeof describeAdapter>[0]): Diagnosis => ({
    device: 'webgpu',
    usable: true,
    description: describeAdapter(info),
    automatic: !isSoftware(info),
  })
  const { seen, reason } = hardwareInSight()
  const hardware: Awaited<ReturnType<typeof probeAdapter>> = seen
    ? await probeAdapter()
    : { reason }
  if (hardware.info) return usable(hardware.info)

  // Nothing is put in the place of a driver that the user chose.
  const driver = chosenDriver() ? undefined : softwareDriver()
  if (!driver) {
    throw new DeviceUnavailable(
      'webgpu',
      hardware.reason,
      seen ? hardwareRemedy() : softwareRemedy(),
    )
  }
  const software = await probeAdapter(driver)
  if (software.info) return usable(software.info)
  throw new DeviceUnavailable(
    'webgpu',
    `${hardware.reason}, and with the software driver ${driver}: ${software.reason}`,
    softwareRemedy(),
  )
}
