import type { backend_util } from '@tensorflow/tfjs-core'
import type { NodeBackend } from './node-backend.ts'

export type WindowInfo = backend_util.Conv2DInfo

/** How a kernel of the packages is told to slide windows over an image. */
export interface Windows {
  readonly strides: [number, number] | number
  readonly pad: unknown
  readonly dilations: [number, number] | number
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil'
}

type Amounts = [[number, number], [number, number], [number, number], [number, number]]

/** How much lies around each axis of the images. */
export function amounts({ padInfo: { top, bottom, left, right } }: WindowInfo): Amounts {
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ]
}

/** Whether it is a padding that has a name, which is all that the packages know. */
export const isNamed = ({ padInfo: { type } }: WindowInfo) => type === 'VALID' || type === 'SAME'

/** What all operators of TensorFlow are told that slide windows over an image with amounts of padding. */
export function explicitly(node: NodeBackend, info: WindowInfo): readonly object[] {
  const { strideHeight, strideWidth } = info
  const { binding } = node
  return [
    { name: 'T', type: binding.TF_ATTR_TYPE, value: node.getDTypeInteger('float32') },
    { name: 'strides', type: binding.TF_ATTR_INT, value: [1, strideHeight, strideWidth, 1] },
    { name: 'padding', type: binding.TF_ATTR_STRING, value: 'EXPLICIT' },
    { name: 'explicit_paddings', type: binding.TF_ATTR_INT, value: amounts(info).flat() },
    { name: 'data_format', type: binding.TF_ATTR_STRING, value: 'NHWC' },
  ]
}

/** Whether TensorFlow ends the process at this convolution, or reads beside the image (tensorflow-convolutions.ts). */
export function defectsOf(info: WindowInfo): {
  readonly crashes: boolean
  readonly misread: boolean
} {
  const { batchSize, inChannels, inWidth, outHeight, outWidth, strideHeight, strideWidth } = info
  const { left, right } = info.padInfo
  return {
    crashes: strideWidth > inWidth && left + right > 0,
    misread:
      batchSize > 1 &&
      inChannels === 1 &&
      outHeight > 1 &&
      outWidth === 1 &&
      strideHeight === 1 &&
      strideWidth > 1,
  }
}
