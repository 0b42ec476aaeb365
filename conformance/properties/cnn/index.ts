import { activationProperties } from './activation.ts'
import { augmentProperties } from './augment.ts'
import { conv2dProperties } from './conv2d.ts'
import { dropoutProperties } from './dropout.ts'
import { dropoutScopeProperties } from './dropout-scope.ts'
import { flattenProperties } from './flatten.ts'
import { linearProperties } from './linear.ts'
import { lrnProperties } from './lrn.ts'
import { lrnGradientProperties } from './lrn-gradient.ts'
import { poolProperties } from './pool.ts'
import { poolGradientProperties } from './pool-gradient.ts'
import { poolLawProperties } from './pool-laws.ts'
import { shapeProperties } from './shape.ts'

/** Every property of the clauses on convolutional networks. */
export const cnnProperties = [
  ...conv2dProperties,
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
