import { openCpu } from './cpu.ts'
import { DeviceUnavailable } from './errors.ts'
import type * as node from './open.ts'
import { openWasm } from './wasm.ts'
import { openWebgl } from './webgl.browser.ts'
import { openWebgpu } from './webgpu.ts'

export const openBackend: typeof node.openBackend = async (name, hardwareOnly) => {
  switch (name) {
    case 'webgpu':
      return openWebgpu(hardwareOnly)
    case 'webgl':
      return openWebgl()
    case 'wasm':
      return openWasm()
    case 'cpu':
      return openCpu()
    case 'tensorflow':
      throw new DeviceUnavailable(name, 'a browser has no native libraries', 'run it in Node')
  }
}
