import * as backprop from './backprop.ts'
import * as conv2d from './conv2d.ts'
import * as depth from './conv2d-depth.ts'
import * as laws from './conv2d-laws.ts'
import * as hierarchy from './hierarchy.ts'
import * as local from './local.ts'
import * as outputSize from './output-size.ts'
import * as pad from './pad.ts'
import * as share from './share.ts'
import * as trueConvolution from './true-convolution.ts'

/** The operations of the chapter on convolutional networks. */
export const operations = [
  hierarchy.receptiveField,
  local.parameterCounts,
  local.patches,
  share.locallyConnected,
  share.locallyConnectedGradient,
  conv2d.conv2d,
  backprop.conv2dInputGradient,
  backprop.conv2dFilterGradient,
  backprop.conv2dBiasGradient,
  trueConvolution.trueConvolution,
  pad.zeroPad,
  pad.zeroPadGradient,
  outputSize.outputSize,
] as const

/** Its clauses, in the order of the notes. */
export const clauses = [
  hierarchy.receptiveFieldGrows,
  local.paramReduction,
  local.connectivity,
  local.depthColumn,
  share.shareWeights,
  backprop.filterGradient,
  backprop.inputGradient,
  backprop.biasGradient,
  laws.linearity,
  laws.equivariance,
  laws.filterBank,
  outputSize.outputSizeValid,
  conv2d.forward,
  trueConvolution.isCrossCorrelation,
  depth.anyDepth,
  depth.depthMatch,
  pad.padZero,
  pad.padSameSize,
  outputSize.outputSizeGeneral,
  laws.strideSubsample,
  depth.outDepth,
] as const
