import type * as tf from '@tensorflow/tfjs-core'
import type { Operation, ParametersOf } from '../spec/language/operation.ts'

/**
 * An operation on TensorFlow.js: tensors in, tensors out, all on the device.
 * Arguments have been checked against the signature, and intermediate tensors are disposed of by
 * the caller (`tf.tidy`).
 */
export type Fast<O extends Operation> = (
  inputs: { readonly [I in keyof O['inputs']]: tf.Tensor },
  parameters: ParametersOf<O>,
) => { readonly [I in keyof O['outputs']]: tf.Tensor }
