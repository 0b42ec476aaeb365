import * as tf from '@tensorflow/tfjs-core'
import type { NodeBackend } from './node-backend.ts'
import type { Repair } from './replaced-kernels.ts'
import { amounts, defectsOf, explicitly, isNamed, type Windows } from './tensorflow-windows.ts'

/**
 * Convolution where TensorFlow has it wrong on CPU.
 *
 * It ends the process where all windows lie left and right of the image (2.19; 2.21 has it right).
 * Smallest case: two images of one pixel, a kernel of one, a column of padding on either side,
 * strides of 1 and 2; depthwise, two filters and strides of 2. So images are padded before, where the
 * stride is wider than they are.
 *
 * It reads rows from beside the image (2.19 to 2.21) where there are several images of one channel
 * and one column of several windows, with strides of 1 down and more across. Smallest case: of two
 * images of 2 × 2 ones, under a kernel of 1 × 2 ones with strides of 1 and 3, it makes 2, 0, 2, 0. So
 * the first column is kept of what a stride of 1 gives.
 */
export const convolution =
  (isDepthwise = false): Repair =>
  (original) =>
  (call) => {
    const { x, filter } = call.inputs as { x: tf.Tensor4D; filter: tf.Tensor4D }
    const { strides, pad, dilations, dimRoundingMode } = call.attrs as unknown as Windows
    const info = tf.backend_util.computeConv2DInfo(
      x.shape,
      filter.shape,
      strides,
      dilations,
      pad as number,
      dimRoundingMode,
      isDepthwise,
    )
    const { crashes, misread } = defectsOf(info)
    if (!crashes && !misread) return original(call)
    return tf.tidy(() => {
      const around = tf.pad(x, amounts(info))
      const attrs = { ...call.attrs, pad: 'valid', ...(misread ? { strides: [1, 1] } : {}) }
      const y = original({ ...call, inputs: { ...call.inputs, x: around }, attrs }) as tf.Tensor
      return misread ? tf.slice(y, [0, 0, 0, 0], info.outShape) : y
    })
  }

/**
 * The gradient of a convolution by its input with amounts of padding, which the packages refuse, too. Neither kernel is
 * asked for dilations by the library.
 */
export const inputGradient =
  (isDepthwise = false): Repair =>
  (original) =>
  (call) => {
    const { dy, filter } = call.inputs as Record<'dy' | 'filter', tf.Tensor4D>
    const { strides, pad, inputShape } = call.attrs as unknown as Windows & {
      readonly inputShape: [number, number, number, number]
    }
    const info = tf.backend_util.computeConv2DInfo(
      inputShape,
      filter.shape,
      strides,
      1,
      pad as number,
      undefined,
      isDepthwise,
    )
    if (isNamed(info)) return original(call)
    const node = call.backend as unknown as NodeBackend
    const operation = isDepthwise ? 'DepthwiseConv2dNativeBackpropInput' : 'Conv2DBackpropInput'
    const size = tf.tensor1d(inputShape, 'int32')
    try {
      return node.executeSingleOutput(operation, explicitly(node, info), [size, filter, dy])
    } finally {
      size.dispose()
    }
  }
