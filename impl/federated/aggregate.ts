import type { aggregate as spec } from '../../spec/federated/aggregate.ts'
import type { Fast } from '../operation.ts'
import { weightedMean } from './client-update-model.ts'

/**
 * Mean of the participants’ models, weighted by their points.
 *
 * Clauses    federated.aggregate.weighted-mean, federated.robustness.mean-breakdown
 * Fast by    one product of the counts with the models of each tensor, and one division
 */
export const aggregate: Fast<typeof spec> = ({ w, b, counts }) => ({
  w: weightedMean(w, counts),
  b: weightedMean(b, counts),
})
