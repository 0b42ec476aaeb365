import type { Property } from '../../engine/property.ts'
import { lossProperties } from './loss.ts'

/** Every property of the clauses on back-propagation through time. */
export const bpttProperties: readonly Property[] = [...lossProperties]
