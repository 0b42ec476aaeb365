import { DeviceUnavailable } from './errors.ts'
import type { Found, Gpu } from './webgpu-adapter.ts'
import type * as node from './webgpu-host.ts'

export const through: typeof node.through = {
  words: 'in a browser',
  versions: () => ({ browser: navigator.userAgent }),
}

/** How often an adapter is asked for, and after how many milliseconds again: one that was lost may take a while. */
const [attempts, pause] = [5, 500]

export const findAdapter: typeof node.findAdapter = async (hardwareOnly) => {
  const { gpu } = navigator as { readonly gpu?: Gpu }
  if (gpu === undefined) {
    const remedy = 'use a browser with WebGPU, or see that it is allowed in its settings'
    throw new DeviceUnavailable('webgpu', 'this browser has no WebGPU', remedy)
  }
  for (let attempt = 1; ; attempt++) {
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' })
    if (adapter !== null) return { gpu, adapter } satisfies Found
    if (attempt === attempts || hardwareOnly) break
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
  const remedy = 'see what the browser says of its graphics, such as chrome://gpu'
  throw new DeviceUnavailable('webgpu', 'the browser has no adapter for WebGPU', remedy)
}

// What a browser has is there for everyone already.
export const offerGpu: typeof node.offerGpu = () => {}
