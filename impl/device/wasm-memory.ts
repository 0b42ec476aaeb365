import type * as tf from '@tensorflow/tfjs-core'

/** The backend of WebAssembly, whose arrays can be read and written where they are. */
export interface WasmMemory {
  makeOutput(shape: readonly number[], dtype: tf.DataType): tf.TensorInfo
  /** Until more memory is needed: then it may be somewhere else. */
  typedArrayFromHeap(of: tf.TensorInfo): Float32Array | Int32Array | Uint8Array
}
