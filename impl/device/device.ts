import * as tf from '@tensorflow/tfjs-core'
import { type Backend, type DevicePrecision, forgetBackend } from './backend.ts'
import { DeviceMismatch, DeviceUnavailable, messageOf, type Unavailability } from './errors.ts'
import { type DeviceName, deviceNames } from './name.ts'
import { openBackend } from './open.ts'

export type { DevicePrecision } from './backend.ts'
export { DeviceMismatch, DeviceUnavailable, type Unavailability } from './errors.ts'
export { type DeviceName, deviceNames } from './name.ts'

/** A TensorFlow.js backend that was opened and is in use. Plain data, but for its two functions. */
export interface Device {
  readonly name: DeviceName
  /** The name under which TensorFlow.js knows the backend. */
  readonly backend: string
  /** One line for the report, such as `wasm, SIMD yes, threads no`. */
  readonly description: string
  readonly precision: DevicePrecision
  /** How accurate exp, tanh, division… are: a few ulp, or what the language of shaders asks for. */
  readonly profile: 'ieee' | 'wgsl' | 'glsl'
  /** A graphics interface that is emulated on the processor, such as SwiftShader. */
  readonly software: boolean
  /** The versions that decide the results, by package or part. */
  readonly versions: Readonly<Record<string, string>>
  /** The faster devices that `auto` tried in vain before this one. */
  readonly passedOver: readonly Unavailability[]
  /** What went wrong since the device was opened, such as a shader that did not compile. */
  fault(): string | undefined
  /** Forgets what went wrong, for who has taken note of it and goes on all the same. */
  forgetFault?(): void
  /** Frees the device and all tensors on it. A device that is closed may be opened again. */
  close(): Promise<void>
}

const opened = new Map<DeviceName, Device>()

/**
 * Opens a device and makes it the one in use. A device that is open already is used again.
 *
 * `auto` opens the first of tensorflow, webgpu, wasm and cpu that works here, and says in
 * `passedOver` why the others did not. It never opens a graphics interface that is emulated.
 *
 * @param precision `tf32` lets TensorFlow use the tensor cores of a GPU; no other device has them
 * @throws {DeviceUnavailable} a device asked for by name that does not work here
 */
export async function openDevice(
  name: DeviceName | 'auto',
  precision: DevicePrecision = 'float32',
): Promise<Device> {
  if (precision === 'tf32') return open(name === 'auto' ? 'tensorflow' : name, false, [], 'tf32')
  if (name !== 'auto') return open(name, false, [], precision)
  const passedOver: Unavailability[] = []
  for (const candidate of deviceNames) {
    try {
      return await open(candidate, true, passedOver, precision)
    } catch (error) {
      if (!(error instanceof DeviceUnavailable) || candidate === deviceNames.at(-1)) throw error
      const { device, reason, remedy } = error
      passedOver.push({ device, reason, remedy })
    }
  }
  throw new Error('unreachable: the last device either opens or throws')
}

/** Makes an open device the one in use, where several are open. */
export async function useDevice(device: Device): Promise<void> {
  if (!isOpen(device)) {
    throw new DeviceUnavailable(device.name, 'it has been closed', 'open it again')
  }
  await tf.setBackend(device.backend)
}

/**
 * Opens a device anew that has failed, by running out of memory or by being lost: whatever is left of the
 * old one is not asked for anything any more.
 */
export async function reopenDevice(device: Device): Promise<Device> {
  // To free its memory properly may be more than a device that has failed can do.
  Object.assign(tf.findBackend(device.backend) ?? {}, { dispose: () => {} })
  await device.close()
  return openDevice(device.name, device.precision)
}

/** What is said where memory is at its end, or a graphics unit is gone. */
const failing = /out of memory|allocation failed|\blost\b/i

/** Why what was thrown means that a device has failed; `undefined` where it does not. */
export function failureIn(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error)) return undefined
  // WebAssembly ends in a trap, and V8 refuses a buffer, where there is no memory left.
  const isFailure = thrown.name === 'RuntimeError' || failing.test(thrown.message)
  return isFailure ? messageOf(thrown) : undefined
}

/** Why a device has to be opened anew; other faults, such as of a shader, stay with it. */
export function failureOf(device: Device): string | undefined {
  const fault = device.fault()
  return fault !== undefined && failing.test(fault) ? fault : undefined
}

/** Whether a device is open, and is this one rather than a later one of the same name. */
function isOpen(device: Device): boolean {
  return opened.get(device.name) === device
}

/**
 * Throws unless the next operation will run on this device and nothing has gone wrong on it.
 * A few comparisons, cheap enough for every case.
 *
 * @throws {DeviceMismatch}
 */
export function assertDevice(device: Device): void {
  const fail = (observed: string, expected: string): never => {
    throw new DeviceMismatch(device.name, observed, expected)
  }
  if (!isOpen(device)) fail('it has been closed', 'an open device')
  const current = tf.engine().backendName
  if (current !== device.backend) {
    fail(current ? `the backend in use is "${current}"` : 'no backend is in use', device.backend)
  }
  const forwards = forwarding[device.name]
  if (forwards !== undefined && tf.env().getBool(forwards)) {
    fail(`${forwards} is true, so small operations run on the CPU`, 'false')
  }
  const fault = device.fault()
  if (fault) fail(`it reported an error: ${fault}`, 'no error')
}

/** The flags by which a backend leaves small operations to the processor. */
const forwarding: Readonly<Partial<Record<DeviceName, string>>> = {
  webgpu: 'WEBGPU_CPU_FORWARD',
  webgl: 'WEBGL_CPU_FORWARD',
}

async function open(
  name: DeviceName,
  hardwareOnly: boolean,
  passedOver: readonly Unavailability[],
  precision: DevicePrecision,
): Promise<Device> {
  if (!deviceNames.includes(name)) {
    const expected = deviceNames.join(', ')
    throw new DeviceUnavailable(name, 'no device has that name', `use one of auto, ${expected}`)
  }
  if (precision === 'tf32' && name !== 'tensorflow') {
    throw new DeviceUnavailable(
      name,
      'it does not compute in tf32',
      'use the device tensorflow, or the precision float32',
    )
  }
  const known = opened.get(name)
  if (known?.precision === precision && !(hardwareOnly && known.software)) {
    await useDevice(known)
    return known
  }

  const previous = tf.engine().backendName
  let backend: Backend
  try {
    backend = await openBackend(name, hardwareOnly, precision)
  } catch (error) {
    // A failed attempt must not leave TensorFlow.js on a backend that nobody asked for.
    if (previous && tf.engine().backendName !== previous) await tf.setBackend(previous)
    throw error instanceof DeviceUnavailable
      ? error
      : new DeviceUnavailable(
          name,
          messageOf(error),
          'choose another device, or reinstall the packages with npm ci',
          { cause: error },
        )
  }

  const { release, versions, ...common } = backend
  const device: Device = {
    name,
    backend: name,
    precision: 'float32',
    ...common,
    versions: { '@tensorflow/tfjs-core': tf.version_core, ...versions },
    passedOver,
    async close() {
      if (!isOpen(device)) return
      opened.delete(name)
      forgetBackend(name)
      release()
    },
  }
  opened.set(name, device)
  return device
}
