import type { derivative as spec } from '../../spec/activation/derivatives.ts'
import { activationSlope } from '../layers/slope.ts'
import type { Fast } from '../operation.ts'

/**
 * Derivative of an activation.
 *
 * Clauses    activation.derivatives, activation.relu-derivative
 * Fast by    one exponential a number
 */
export const derivative: Fast<typeof spec> = ({ x }, { activation }) => ({
  slope: activationSlope(activation, x),
})
