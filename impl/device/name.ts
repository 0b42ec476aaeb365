/** The TensorFlow.js backends that the fast implementation can run on. */
export type DeviceName = 'tensorflow' | 'webgpu' | 'webgl' | 'wasm' | 'cpu'

/** All devices that there are in Node, the fastest first: the order in which `auto` tries them. */
export const deviceNames: readonly DeviceName[] = ['tensorflow', 'webgpu', 'wasm', 'cpu']
