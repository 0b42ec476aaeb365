import * as tf from '@tensorflow/tfjs-core'
import { resultSize } from '../../../spec/gan/tconv-window.ts'
import type { Parameters } from '../../../spec/language/operation.ts'
import type { Definition } from '../define.ts'
import type { Calls } from './tfjs-calls.ts'

type Two = [number, number]

/** A transposed convolution, which is told the shape of its result. */
const transposed =
  (parameters: Parameters) =>
  (z: tf.Tensor, filters: tf.Tensor, bias?: tf.Tensor): tf.Tensor => {
    const [N, Ho, Wo] = z.shape as [number, number, number]
    const [Hf, Wf, A] = filters.shape as [number, number, number]
    const sizes = { Ho, Wo, Hf, Wf }
    const size = ([0, 1] as const).map((axis) => resultSize(axis)(sizes, parameters)) as Two
    const [top, bottom, left, right] = parameters.padding
    const y = tf.conv2dTranspose(
      z as tf.Tensor4D,
      filters as tf.Tensor4D,
      [N, ...size, A],
      [...parameters.strides] as Two,
      [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ],
    )
    return bias === undefined ? y : tf.add(y, bias)
  }

export const transposedCalls: Calls = {
  'gan.tconv2d': ({ z, filters, bias }, parameters) => ({
    y: transposed(parameters)(z, filters, bias),
  }),
  'gan.tconv2dGradient': ({ z, filters, bias, dy }, parameters) => {
    const inputs = bias === undefined ? [z, filters] : [z, filters, bias]
    const layer = transposed(parameters) as (...arrays: tf.Tensor[]) => tf.Tensor
    const [dz, dFilters, dBias] = tf.grads(layer)(inputs, dy) as [tf.Tensor, tf.Tensor, tf.Tensor?]
    return { dz, dFilters, ...(dBias && { dBias }) }
  },
}

/** It is told neither of dilations nor of groups. */
const plain = { parameters: { dilations: 1, groups: 1 } } as const

export const transposedDomains: Definition['supports'] & object = {
  'gan.tconv2d': plain,
  'gan.tconv2dGradient': plain,
}
