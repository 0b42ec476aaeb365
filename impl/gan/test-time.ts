import type { afterTraining as spec } from '../../spec/gan/test-time.ts'
import type { Fast } from '../operation.ts'
import { featuresOf, generated } from './network.ts'

/**
 * Samples and features after training.
 *
 * Clauses    gan.test-time
 * Fast by    one product for features, and none for the logits
 */
export const afterTraining: Fast<typeof spec> = ({ noise, shown, ...networks }) => ({
  x: generated(networks, noise).x,
  features: featuresOf(networks, shown).e,
})
