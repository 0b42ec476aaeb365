import type { DeviceName } from './name.ts'

/** Why a device cannot be used here, and the one action that would change it. */
export interface Unavailability {
  readonly device: DeviceName
  readonly reason: string
  readonly remedy: string
}

/** A device that was asked for and cannot be opened. Nothing else is opened in its place. */
export class DeviceUnavailable extends Error implements Unavailability {
  override readonly name = 'DeviceUnavailable'

  constructor(
    readonly device: DeviceName,
    readonly reason: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(`The device "${device}" cannot be used: ${reason}. To change this: ${remedy}.`, options)
  }
}

/** Work that ran, or would run, somewhere else than on the device that the report names. */
export class DeviceMismatch extends Error {
  override readonly name = 'DeviceMismatch'

  constructor(
    readonly device: DeviceName,
    /** What was observed, such as `the backend in use is "cpu"`. */
    readonly observed: string,
    readonly expected: string,
  ) {
    super(`The device "${device}" did not do the work: ${observed}; expected ${expected}.`)
  }
}

/** A device has no memory left for an array; what it says afterwards cannot be believed. */
export class OutOfMemory extends Error {
  override readonly name = 'OutOfMemory'
}

/** The text of anything that was thrown, on one line. */
export function messageOf(thrown: unknown): string {
  const text =
    thrown instanceof Error ? thrown.message : ((thrown as { message?: string })?.message ?? thrown)
  return String(text).replace(/\s+/g, ' ').trim()
}
