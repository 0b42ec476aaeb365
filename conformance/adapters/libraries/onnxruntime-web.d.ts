/** ONNX Runtime for browsers, which is set up apart: resolved when a bundle is made with it. */
declare module 'touchstone:onnxruntime-web' {
  import type { Runtime } from './onnx-session.ts'

  export const InferenceSession: Runtime['InferenceSession']
  export const Tensor: Runtime['Tensor']
  export const env: {
    readonly wasm: { wasmBinary?: ArrayBuffer; numThreads?: number }
    readonly versions: { readonly web?: string }
    logLevel?: string
  }
}
