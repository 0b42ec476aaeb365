import { activation, activationGradient } from './activation.ts'
import { augmentedSet, flip, lightJitter, pcaShift } from './augment.ts'
import { conv2d } from './conv2d.ts'
import { dropout, dropoutGradient } from './dropout.ts'
import { dropoutPlacement, droppedNetwork } from './dropout-scope.ts'
import { dense, flatten, flattenGradient } from './flatten.ts'
import { composeConvolutions, convolutionStack } from './linear.ts'
import { lrnAcross, lrnWithin } from './lrn.ts'
import { lrnAcrossGradient, lrnWithinGradient } from './lrn-gradient.ts'
import { averagePool, maxPool, poolOutputSize } from './pool.ts'
import { averagePoolGradient, maxPoolGradient } from './pool-gradient.ts'
import { pyramid } from './shape.ts'

/** The reference of every operation of the chapter on convolutional networks, by the operation's id. */
export const cnnReferences = {
  'cnn.conv2d': conv2d,
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
