import type { generate as spec } from '../../spec/gan/sample-map.ts'
import type { Fast } from '../operation.ts'
import { generated } from './network.ts'

/**
 * Samples of a generator.
 *
 * Clauses    gan.sample-map
 * Fast by    one matrix product a layer
 */
export const generate: Fast<typeof spec> = ({ noise, ...generator }) => ({
  x: generated(generator, noise).x,
})
