import type { Backend, DevicePrecision } from './backend.ts'
import { DeviceUnavailable } from './errors.ts'
import type { DeviceName } from './name.ts'

/** Opens the backend of a device, whose package is loaded for it. */
export async function openBackend(
  name: DeviceName,
  hardwareOnly: boolean,
  precision: DevicePrecision,
): Promise<Backend> {
  switch (name) {
    case 'tensorflow':
      return (await import('./tensorflow.ts')).openTensorflow(precision)
    case 'webgpu':
      return (await import('./webgpu.ts')).openWebgpu(hardwareOnly)
    case 'webgl':
      throw new DeviceUnavailable(name, 'Node has no WebGL', 'open it in a browser')
    case 'wasm':
      return (await import('./wasm.ts')).openWasm()
    case 'cpu':
      return (await import('./cpu.ts')).openCpu()
  }
}
