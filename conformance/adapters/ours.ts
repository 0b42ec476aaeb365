import {
  assertDevice,
  type Device,
  type DeviceName,
  type DevicePrecision,
  failureIn,
  failureOf,
  openDevice,
  reopenDevice,
  useDevice,
} from '../../impl/device/device.ts'
import { DeviceMismatch, DeviceUnavailable } from '../../impl/device/errors.ts'
import { provenDevice } from '../../impl/device/proof.ts'
import { offerSoftwareGpu } from '../../impl/device/vulkan.ts'
import { evaluators } from '../../impl/index.ts'
import { profiles } from '../../reference/arithmetic/profile.ts'
import type { Parameters } from '../../spec/language/operation.ts'
import { present } from '../../spec/language/tensor.ts'
import { UnrunnableError, UsageError } from '../base/errors.ts'
import { mapValues } from '../base/records.ts'
import * as touchstone from '../base/touchstone.ts'
import type { Implementation, Inputs } from '../engine/implementation.ts'
import { reopening } from './reopening.ts'

/** This project's fast implementation on a device that is open. */
export function ours(device: Device): Implementation {
  const waits = device.name === 'webgpu'
  // Another one after it has failed.
  let current = device
  const operations = mapValues(
    evaluators({ waits }),
    (evaluate) => (inputs: Inputs, parameters: Parameters) => evaluate(present(inputs), parameters),
  )
  return {
    name: 'touchstone',
    version: touchstone.version,
    precision: device.precision,
    profile: profiles[device.profile],
    device: device.description,
    deviceName: device.name,
    versions: device.versions,
    levels: ['core', 'gradients', 'special-values'],
    operations: reopening(operations, {
      fault: () => failureOf(current),
      faultIn: failureIn,
      reopen: async () => {
        current = await reopenDevice(current)
      },
    }),
    concurrency: waits ? questionsAtOnce(device) : 1,
    use: () => useDevice(current),
    assertDevice: () => assertDevice(current),
  }
}

/**
 * Waiting for a graphics unit takes as long for the answers to many questions as for one. One that is emulated gives no
 * more answers in a second to 32 than to 8, and each of them has to wait four times as long.
 */
function questionsAtOnce({ software }: Device): number {
  return software ? 8 : 32
}

/**
 * This project's fast implementation on a device by name, which is seen to do the work first.
 *
 * @throws {DeviceUnavailable} a device asked for by name that does not work here
 * @throws {DeviceMismatch} something else did the work
 */
export async function oursOn(
  name: DeviceName | 'auto',
  precision: DevicePrecision = 'float32',
): Promise<{ readonly implementation: Implementation; readonly device: Device }> {
  const device = await openDevice(name, precision)
  const { kernels, residence } = await provenDevice(device)
  return { implementation: { ...ours(device), proof: { kernels, residence } }, device }
}

/**
 * The same for the command line: a device that is asked for by name may be an emulated one.
 *
 * @throws {UsageError} the device does not work here, with what would help
 * @throws {UnrunnableError} something else did the work
 */
export async function openOurs(
  name: DeviceName | 'auto',
  precision: DevicePrecision = 'float32',
): Promise<Implementation> {
  if (name === 'webgpu') offerSoftwareGpu()
  try {
    return (await oursOn(name, precision)).implementation
  } catch (error) {
    if (error instanceof DeviceMismatch) throw new UnrunnableError(error.message)
    if (!(error instanceof DeviceUnavailable)) throw error
    throw new UsageError(`the device ${error.device} is not there: ${error.reason}`, [
      error.remedy,
      'touchstone doctor shows what this machine can run',
    ])
  }
}
