import {
  assertDevice,
  type Device,
  type DeviceName,
  type DevicePrecision,
  openDevice,
  useDevice,
} from '../../impl/device/device.ts'
import { provenDevice } from '../../impl/device/proof.ts'
import { evaluators } from '../../impl/index.ts'
import { profiles } from '../../reference/arithmetic/profile.ts'
import * as touchstone from '../base/touchstone.ts'
import type { Implementation } from '../engine/implementation.ts'

/** This project's fast implementation on a device that is open. */
export function ours(device: Device): Implementation {
  const waits = device.name === 'webgpu'
  return {
    name: 'touchstone',
    version: touchstone.version,
    precision: device.precision,
    profile: profiles[device.profile],
    device: device.description,
    deviceName: device.name,
    versions: device.versions,
    levels: ['core', 'gradients', 'special-values'],
    operations: evaluators({ waits }),
    // Waiting for a graphics unit takes as long for the answers to many questions as for one.
    concurrency: waits ? 32 : 1,
    use: () => useDevice(device),
    assertDevice: () => assertDevice(device),
  }
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
