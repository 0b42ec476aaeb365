import { type Device, openDevice } from './device.ts'
import { messageOf } from './errors.ts'
import type { DeviceName } from './name.ts'

/** A device that a test needs, or why it is skipped. */
export interface Tried {
  readonly name: DeviceName
  /** There where no reason is. */
  readonly device: Device
  /** Why it cannot be opened here; empty where it can. */
  readonly reason: string
  /** The same for the end of a title. */
  readonly skipped: string
}

/** Opens a device for tests; whoever does closes it where there is no reason against it. */
export async function tryDevice(name: DeviceName): Promise<Tried> {
  const opened = await openDevice(name).catch(messageOf)
  const isThere = typeof opened !== 'string'
  const reason = isThere ? '' : opened
  const device = isThere ? opened : (undefined as never)
  return { name, device, reason, skipped: isThere ? '' : ` (skipped: ${reason})` }
}
