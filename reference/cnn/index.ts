import { activation, activationGradient } from './activation.ts'
import { augmentedSet, flip, lightJitter, pcaShift } from './augment.ts'
import { conv2dBiasGradient, conv2dFilterGradient, conv2dInputGradient } from './backprop.ts'
import { conv2d } from './conv2d.ts'
import { dropout, dropoutGradient } from './dropout.ts'
import { dropoutPlacement, droppedNetwork } from './dropout-scope.ts'
import { dense, flatten, flattenGradient } from './flatten.ts'
import { receptiveField } from './hierarchy.ts'
import { composeConvolutions, convolutionStack } from './linear.ts'
import { parameterCounts, patches } from './local.ts'
import { lrnAcross, lrnWithin } from './lrn.ts'
import { lrnAcrossGradient, lrnWithinGradient } from './lrn-gradient.ts'
import { outputSize } from './output-size.ts'
import { zeroPad, zeroPadGradient } from './pad.ts'
import { averagePool, maxPool, poolOutputSize } from './pool.ts'
import { averagePoolGradient, maxPoolGradient } from './pool-gradient.ts'
import { pyramid } from './shape.ts'
import { locallyConnected, locallyConnectedGradient } from './share.ts'
import { trueConvolution } from './true-convolution.ts'

/** The reference of every operation of the chapter on convolutional networks, by the operation's id. */
export const cnnReferences = {
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
  'cnn.composeConvolutions': composeConvolutions,
  'cnn.convolutionStack': convolutionStack,
  'cnn.activation': activation,
  'cnn.activationGradient': activationGradient,
  'cnn.maxPool': maxPool,
  'cnn.averagePool': averagePool,
  'cnn.poolOutputSize': poolOutputSize,
  'cnn.maxPoolGradient': maxPoolGradient,
  'cnn.averagePoolGradient': averagePoolGradient,
  'cnn.lrnWithin': lrnWithin,
  'cnn.lrnAcross': lrnAcross,
  'cnn.lrnWithinGradient': lrnWithinGradient,
  'cnn.lrnAcrossGradient': lrnAcrossGradient,
  'cnn.pyramid': pyramid,
  'cnn.flatten': flatten,
  'cnn.flattenGradient': flattenGradient,
  'cnn.dense': dense,
  'cnn.dropout': dropout,
  'cnn.dropoutGradient': dropoutGradient,
  'cnn.dropoutPlacement': dropoutPlacement,
  'cnn.droppedNetwork': droppedNetwork,
  'cnn.lightJitter': lightJitter,
  'cnn.pcaShift': pcaShift,
  'cnn.flip': flip,
  'cnn.augmentedSet': augmentedSet,
} as const
