import { blockProperties } from './block.ts'
import { bottleneckProperties } from './bottleneck.ts'
import { projectionProperties } from './projection.ts'

/** Every property of the clauses on residual networks. */
export const resnetProperties = [
  ...blockProperties,
  ...projectionProperties,
  ...bottleneckProperties,
]
