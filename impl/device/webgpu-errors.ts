import { messageOf } from './errors.ts'

/** The part of a WebGPU device that reports and causes errors. */
export interface ReportingDevice {
  addEventListener(
    type: 'uncapturederror',
    listener: (event: {
      readonly error: { readonly message: string }
      preventDefault(): void
    }) => void,
  ): void
}

const creators = ['createShaderModule', 'createComputePipeline', 'createBindGroup', 'createBuffer']

const unattributed = new WeakMap<object, string>()

/**
 * Makes a device tell errors to those that caused them. WebGPU reports a shader that does not compile
 * to a listener and nowhere else, and all that is submitted together with it gives zeros. Here what
 * creates such an object throws before it can be used, so that only its own operation fails.
 */
export function reportErrors(device: ReportingDevice, report: (message: string) => void): void {
  let creating: string[] | undefined
  device.addEventListener('uncapturederror', (event) => {
    const message = messageOf(event.error)
    report(message)
    if (creating) creating.push(message)
    else if (!unattributed.has(device)) unattributed.set(device, message)
    // Dawn would print it on standard output, which may be that of a report.
    event.preventDefault()
  })
  const methods = device as unknown as Record<string, (...args: unknown[]) => unknown>
  for (const name of creators) {
    const create = methods[name]!
    methods[name] = (...args) => {
      const errors: string[] = []
      creating = errors
      try {
        const created = create.apply(device, args)
        if (errors.length > 0) throw new Error(errors[0])
        return created
      } finally {
        creating = undefined
      }
    }
  }
}

/** What a computation gave, and the error that it caused, where that is known only later. */
export interface Watched<T> {
  readonly result: T
  readonly error: Promise<string | undefined> | null
}

/** Runs a computation on a device. Dawn tells its errors while it runs, by throwing. */
export function watching<T>(_device: object, compute: () => T): Watched<T> {
  return { result: compute(), error: null }
}

/** The first error since the last call that no call was to blame for; what was submitted is void. */
export function takeError(device: object): string | undefined {
  const message = unattributed.get(device)
  unattributed.delete(device)
  return message
}
