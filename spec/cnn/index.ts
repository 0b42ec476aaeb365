import * as activation from './activation.ts'
import * as augment from './augment.ts'
import * as backprop from './backprop.ts'
import * as conv2d from './conv2d.ts'
import * as depth from './conv2d-depth.ts'
import * as laws from './conv2d-laws.ts'
import * as dropout from './dropout.ts'
import * as dropoutScope from './dropout-scope.ts'
import * as flatten from './flatten.ts'
import * as hierarchy from './hierarchy.ts'
import * as linear from './linear.ts'
import * as local from './local.ts'
import * as lrn from './lrn.ts'
import * as lrnGradient from './lrn-gradient.ts'
import * as outputSize from './output-size.ts'
import * as pad from './pad.ts'
import * as pool from './pool.ts'
import * as poolGradient from './pool-gradient.ts'
import * as poolLaws from './pool-laws.ts'
import * as shape from './shape.ts'
import * as share from './share.ts'
import * as trueConvolution from './true-convolution.ts'

/** The clauses of the chapter on convolutional networks, in the order of the notes. */
export const clauses = [
  hierarchy.receptiveFieldGrows,
  local.paramReduction,
  local.neurons,
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
  linear.collapse,
  linear.collapsePaddingCaveat,
  activation.elementwise,
  activation.breaksCollapse,
  pool.max,
  pool.average,
  pool.channelwise,
  pool.outputSize,
  poolLaws.maxVersusAverage,
  poolLaws.averageAsConvolution,
  poolGradient.backward,
  poolLaws.shiftStability,
  lrn.withinChannel,
  lrn.acrossChannel,
  lrn.keepsSize,
  lrn.lightInvariance,
  lrnGradient.lrnGradient,
  shape.pyramidClause,
  flatten.flattenClause,
  dropout.semantics,
  dropoutScope.scope,
  augment.jitter,
] as const
