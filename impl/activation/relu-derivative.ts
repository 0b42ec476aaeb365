import * as tf from '@tensorflow/tfjs-core'
import type { pathDerivative as spec } from '../../spec/activation/relu-derivative.ts'
import { activationSlope } from '../layers/slope.ts'
import type { Fast } from '../operation.ts'

/**
 * Product of the slopes along a path.
 *
 * Clauses    activation.relu-derivative
 * Fast by    all slopes at once, and one product along the steps
 */
export const pathDerivative: Fast<typeof spec> = ({ z }, { activation }) => ({
  product: tf.prod(activationSlope(activation, z), 0),
})
