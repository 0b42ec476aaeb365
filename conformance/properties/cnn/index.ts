import { activationProperties } from './activation.ts'
import { augmentProperties } from './augment.ts'
import { backpropProperties } from './backprop.ts'
import { conv2dProperties } from './conv2d.ts'
import { conv2dDepthProperties } from './conv2d-depth.ts'
import { conv2dLawsProperties } from './conv2d-laws.ts'
import { dropoutProperties } from './dropout.ts'
import { dropoutScopeProperties } from './dropout-scope.ts'
import { flattenProperties } from './flatten.ts'
import { hierarchyProperties } from './hierarchy.ts'
import { linearProperties } from './linear.ts'
import { localProperties } from './local.ts'
import { lrnProperties } from './lrn.ts'
import { lrnGradientProperties } from './lrn-gradient.ts'
import { outputSizeProperties } from './output-size.ts'
import { padProperties } from './pad.ts'
import { poolProperties } from './pool.ts'
import { poolGradientProperties } from './pool-gradient.ts'
import { poolLawProperties } from './pool-laws.ts'
import { shapeProperties } from './shape.ts'
import { shareProperties } from './share.ts'
import { trueConvolutionProperties } from './true-convolution.ts'

/** Every property of the clauses on convolutional networks. */
export const cnnProperties = [
  ...hierarchyProperties,
  ...localProperties,
  ...shareProperties,
  ...backpropProperties,
  ...conv2dLawsProperties,
  ...conv2dProperties,
  ...trueConvolutionProperties,
  ...conv2dDepthProperties,
  ...padProperties,
  ...outputSizeProperties,
  ...linearProperties,
  ...activationProperties,
  ...poolProperties,
  ...poolGradientProperties,
  ...poolLawProperties,
  ...lrnProperties,
  ...lrnGradientProperties,
  ...shapeProperties,
  ...flattenProperties,
  ...dropoutProperties,
  ...dropoutScopeProperties,
  ...augmentProperties,
]
