import { activationProperties } from './activation.ts'
import { augmentProperties } from './augment.ts'
import { backpropProperties } from './backprop.ts'
import { conv2dProperties } from './conv2d.ts'
import { conv2dDepthProperties } from './conv2d-depth.ts'
import { conv2dLawsProperties } from './conv2d-laws.ts'
import { conv2dShiftProperties } from './conv2d-shift.ts'
import { dropoutProperties } from './dropout.ts'
import { dropoutScopeProperties } from './dropout-scope.ts'
import { flattenProperties } from './flatten.ts'
import { hierarchyProperties } from './hierarchy.ts'
import { linearProperties } from './linear.ts'
import { localProperties } from './local.ts'
import { localCountsProperties } from './local-counts.ts'
import { lrnProperties } from './lrn.ts'
import { lrnGradientProperties } from './lrn-gradient.ts'
import { lrnLightProperties } from './lrn-light.ts'
import { outputSizeProperties } from './output-size.ts'
import { padProperties } from './pad.ts'
import { poolProperties } from './pool.ts'
import { poolGradientProperties } from './pool-gradient.ts'
import { poolLawProperties } from './pool-laws.ts'
import { poolShiftProperties } from './pool-shift.ts'
import { poolSizeProperties } from './pool-size.ts'
import { shapeProperties } from './shape.ts'
import { shareProperties } from './share.ts'
import { trueConvolutionProperties } from './true-convolution.ts'

/** Every property of the clauses on convolutional networks. */
export const cnnProperties = [
  ...hierarchyProperties,
  ...localCountsProperties,
  ...localProperties,
  ...shareProperties,
  ...backpropProperties,
  ...conv2dLawsProperties,
  ...conv2dShiftProperties,
  ...conv2dProperties,
  ...trueConvolutionProperties,
  ...conv2dDepthProperties,
  ...padProperties,
  ...outputSizeProperties,
  ...linearProperties,
  ...activationProperties,
  ...poolProperties,
  ...poolSizeProperties,
  ...poolGradientProperties,
  ...poolLawProperties,
  ...poolShiftProperties,
  ...lrnProperties,
  ...lrnLightProperties,
  ...lrnGradientProperties,
  ...shapeProperties,
  ...flattenProperties,
  ...dropoutProperties,
  ...dropoutScopeProperties,
  ...augmentProperties,
]
