import { clause } from '../language/clause.ts'
import { gradientOf } from '../language/gradient.ts'
import { krizhevskyLrn, lrnAcross, lrnWithin } from './lrn.ts'

/** The gradient of normalization within a channel. */
export const lrnWithinGradient = gradientOf(lrnWithin, {
  title: 'Gradient of local response normalization within a channel',
})

/** The gradient of normalization across channels. */
export const lrnAcrossGradient = gradientOf(lrnAcross, {
  title: 'Gradient of local response normalization across channels',
})

export const lrnGradient = clause({
  id: 'cnn.lrn.gradient',
  title: 'A feature acts on its own output, and damps those of all windows that hold it',
  kind: 'gradient',
  operations: [lrnWithinGradient, lrnAcrossGradient],
  statement:
    'The derivative by a feature has two parts. Through its own output it gets the derivative by that output times $s^{-\\beta}$, $s = \\kappa + \\alpha \\sum x^2$. Through the sums it loses $2\\alpha\\beta$ times itself times the sum, over all windows in which it is, of derivative times feature times $s^{-\\beta - 1}$, each with the $s$ of its own window.',
  formula: String.raw`\frac{\partial E}{\partial x_m} = s_m^{-\beta}\,\frac{\partial E}{\partial y_m} - 2\alpha\beta\, x_m \sum_{k \,:\, m \in G(k)} \frac{\partial E}{\partial y_k}\, x_k\, s_k^{-\beta - 1},\qquad s_k = \kappa + \alpha \sum_{q \in G(k)} x_q^2`,
  domain: 'κ > 0; α, β ≥ 0; finite features.',
  conventions: [],
  evaluations: [{ way: '$s^{-\\beta-1}$ as a power of its own' }],
  source: {
    notes: [[18, 18]],
    publications: [{ ...krizhevskyLrn, where: 'section 3.3, by differentiation' }],
  },
  errata: [],
})
