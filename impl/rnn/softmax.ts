import type { softmaxGradient as gradientSpec, softmax as spec } from '../../spec/rnn/softmax.ts'
import { softmax as ofScores, throughSoftmax } from '../layers/softmax.ts'
import type { Fast } from '../operation.ts'

/**
 * Softmax of scores.
 *
 * Clauses    rnn.softmax.stable
 * Fast by    all rows at once
 */
export const softmax: Fast<typeof spec> = ({ o }) => ({ y: ofScores(o) })

/**
 * Gradient of the softmax of scores.
 *
 * Clauses    rnn.softmax.stable
 * Fast by    its products with the gradient, and no matrix of derivatives
 */
export const softmaxGradient: Fast<typeof gradientSpec> = ({ o, dy }) => ({
  do: throughSoftmax(ofScores(o), dy),
})
