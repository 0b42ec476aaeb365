import { backpropProperties } from './backprop.ts'
import { conv2dProperties } from './conv2d.ts'
import { conv2dDepthProperties } from './conv2d-depth.ts'
import { conv2dLawsProperties } from './conv2d-laws.ts'
import { hierarchyProperties } from './hierarchy.ts'
import { localProperties } from './local.ts'
import { outputSizeProperties } from './output-size.ts'
import { padProperties } from './pad.ts'
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
]
