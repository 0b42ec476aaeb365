import { assertDevice, type Device } from '../../impl/device/device.ts'
import { evaluators } from '../../impl/index.ts'
import { profiles } from '../../reference/arithmetic/profile.ts'
import type { Implementation } from '../engine/implementation.ts'

/** The version of this project's own implementation; that of the package. */
const version = '0.1.0'

/** This project's fast implementation on a device that is open. */
export function ours(device: Device): Implementation {
  return {
    name: 'touchstone',
    version,
    precision: device.precision,
    profile: profiles[device.profile],
    device: device.description,
    operations: evaluators({ waits: device.name === 'webgpu' }),
    assertDevice: () => assertDevice(device),
  }
}
