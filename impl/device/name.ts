/** The TensorFlow.js backends that the fast implementation can run on. */
export type DeviceName = 'tensorflow' | 'webgpu' | 'wasm' | 'cpu'

/** All devices, the fastest first: the order in which `auto` tries them. */
export const deviceNames: readonly DeviceName[] = ['tensorflow', 'webgpu', 'wasm', 'cpu']
