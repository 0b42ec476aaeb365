import type { softmaxGradient as gradientSpec, softmax as spec } from '../../spec/rnn/softmax.ts'
import { softmax as ofScores, throughSoftmax } from '../layers/softmax.ts'
import type { Reference } from '../reference.ts'

/**
 * Softmax of scores.
 *
 * Formula    y[n,k] = e^(o[n,k] − m[n]) / Σ_j e^(o[n,j] − m[n]), m[n] the largest score of the row
 * Clauses    rnn.softmax.stable
 * Shapes     o: [N, O] → y: [N, O]
 * Edges      one class: 1; a score of −∞: 0
 * Source     Goodfellow, Bengio, Courville (2016), equation 6.29 and section 4.1
 * Example    o = 0, ln 3 → ¼, ¾
 */
export const softmax: Reference<typeof spec> = (arithmetic, { o }) => ({
  y: ofScores(arithmetic, o),
})

/**
 * Gradient of the softmax of scores.
 *
 * Formula    do[n,k] = y[n,k] (dy[n,k] − Σ_j y[n,j] dy[n,j])
 * Clauses    rnn.softmax.stable
 * Shapes     o, dy: [N, O] → do: [N, O]
 * Edges      one class: 0
 * Source     Goodfellow, Bengio, Courville (2016), equation 6.29, by differentiation
 * Example    o = 0, 0, dy = 4, 0 → 1, −1
 */
export const softmaxGradient: Reference<typeof gradientSpec> = (arithmetic, { o, dy }) => ({
  do: throughSoftmax(arithmetic, ofScores(arithmetic, o), dy),
})
