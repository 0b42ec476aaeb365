import type { DevicePrecision } from '../../impl/device/device.ts'
import type { DeviceName } from '../../impl/device/name.ts'
import type { Implementation } from '../engine/implementation.ts'
import { UsageError } from './usage.ts'

/** The implementation that the options ask for: a module's, a command's, or ours on a device. */
export async function chosenImplementation(options: {
  readonly implementation?: string
  readonly device: string
  /** How long an answer may take, in seconds. */
  readonly caseTimeout?: number
  readonly precision: DevicePrecision
}): Promise<Implementation> {
  if (options.implementation !== undefined) {
    if (options.device !== 'auto') {
      throw new UsageError('--device chooses where our implementation runs', [
        'another one is told in its own way; leave out --device or --implementation',
      ])
    }
    if (options.precision !== 'float32') {
      throw new UsageError('--precision chooses how our implementation rounds', [
        'another one declares its precision itself; leave out --precision or --implementation',
      ])
    }
    const { loadImplementation } = await import('../adapters/load.ts')
    const { implementation, caseTimeout } = options
    return loadImplementation(implementation, caseTimeout === undefined ? {} : { caseTimeout })
  }
  const { offerSoftwareGpu } = await import('../../impl/device/vulkan.ts')
  const { DeviceUnavailable } = await import('../../impl/device/errors.ts')
  const { oursOn } = await import('../adapters/ours.ts')
  if (options.device === 'webgpu') offerSoftwareGpu()
  try {
    return (await oursOn(options.device as DeviceName | 'auto', options.precision)).implementation
  } catch (error) {
    if (!(error instanceof DeviceUnavailable)) throw error
    throw new UsageError(`the device ${error.device} is not there: ${error.reason}`, [
      error.remedy,
      'touchstone doctor shows what this machine can run',
    ])
  }
}
