import type * as tf from '@tensorflow/tfjs-core'

/** The part of the backend of the TensorFlow packages that kernels of ours call. */
export interface NodeBackend {
  readonly isUsingGpuDevice: boolean
  readonly binding: Readonly<
    Record<'TF_ATTR_TYPE' | 'TF_ATTR_INT' | 'TF_ATTR_BOOL' | 'TF_ATTR_STRING' | 'TF_INT32', number>
  >
  getDTypeInteger(dtype: string): number
  executeSingleOutput(
    operation: string,
    attributes: readonly object[],
    inputs: readonly tf.TensorInfo[],
  ): tf.Tensor
}
