import { messageOf } from './errors.ts'
import { type Losable, unlessLost } from './loss.ts'
import type * as node from './webgpu-errors.ts'

/** The part of a WebGPU device that keeps errors for who asks for them. */
interface Scoping extends Losable {
  pushErrorScope(filter: 'validation' | 'internal' | 'out-of-memory'): void
  popErrorScope(): Promise<{ readonly message: string } | null>
}

const filters = ['validation', 'internal', 'out-of-memory'] as const

/** Errors that no computation was to blame for. */
export const reportErrors: typeof node.reportErrors = (device, report) => {
  device.addEventListener('uncapturederror', (event) => {
    report(messageOf(event.error))
    event.preventDefault()
  })
}

/**
 * Runs a computation on a device. What a browser has to say against it arrives after it, and is awaited before
 * its answer counts.
 */
export const watching: typeof node.watching = (device, compute) => {
  const scoping = device as Scoping
  for (const filter of filters) scoping.pushErrorScope(filter)
  try {
    return { result: compute(), error: firstOf(errorsIn(scoping)) }
  } catch (thrown) {
    void firstOf(errorsIn(scoping))
    throw thrown
  }
}

const errorsIn = (device: Scoping) => filters.map(() => unlessLost(device, device.popErrorScope()))

async function firstOf(errors: readonly ReturnType<Scoping['popErrorScope']>[]) {
  // A device that is lost has no errors any more; that it is lost is told elsewhere.
  const told = await Promise.allSettled(errors)
  const found = told.flatMap((one) => (one.status === 'fulfilled' && one.value ? [one.value] : []))
  return found[0] && messageOf(found[0])
}

// They are told by those whom they are to blame for.
export const takeError: typeof node.takeError = () => undefined
