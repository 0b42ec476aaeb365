import type * as node from './name.ts'

/** All devices that there are in a browser, the fastest first. */
export const deviceNames: typeof node.deviceNames = ['webgpu', 'webgl', 'wasm', 'cpu']
