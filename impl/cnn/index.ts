import { conv2dBiasGradient, conv2dFilterGradient, conv2dInputGradient } from './backprop.ts'
import { conv2d } from './conv2d.ts'
import { receptiveField } from './hierarchy.ts'
import { parameterCounts, patches } from './local.ts'
import { outputSize } from './output-size.ts'
import { zeroPad, zeroPadGradient } from './pad.ts'
import { locallyConnected, locallyConnectedGradient } from './share.ts'
import { trueConvolution } from './true-convolution.ts'

/** The fast implementation of every operation on convolutional networks, by the operation's id. */
export const cnnFast = {
  'cnn.receptiveField': receptiveField,
  'cnn.parameterCounts': parameterCounts,
  'cnn.patches': patches,
  'cnn.locallyConnected': locallyConnected,
  'cnn.locallyConnectedGradient': locallyConnectedGradient,
  'cnn.conv2d': conv2d,
  'cnn.conv2dInputGradient': conv2dInputGradient,
  'cnn.conv2dFilterGradient': conv2dFilterGradient,
  'cnn.conv2dBiasGradient': conv2dBiasGradient,
  'cnn.trueConvolution': trueConvolution,
  'cnn.zeroPad': zeroPad,
  'cnn.zeroPadGradient': zeroPadGradient,
  'cnn.outputSize': outputSize,
} as const
