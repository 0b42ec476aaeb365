/** Our implementation on the devices of a browser that is found here, by the names that the command line takes. */
export const browserDevices: readonly string[] = ['webgpu', 'webgl', 'wasm', 'cpu'].map(
  (device) => `browser:${device}`,
)
