import { basicProperties } from './basic.ts'
import { blockProperties } from './block.ts'
import { bottleneckProperties } from './bottleneck.ts'
import { degradationProperties } from './degradation.ts'
import { networkProperties } from './network.ts'
import { projectionProperties } from './projection.ts'
import { stackProperties } from './stack.ts'
import { stagesProperties } from './stages.ts'

/** Every property of the clauses on residual networks. */
export const resnetProperties = [
  ...blockProperties,
  ...basicProperties,
  ...projectionProperties,
  ...bottleneckProperties,
  ...stagesProperties,
  ...networkProperties,
  ...stackProperties,
  ...degradationProperties,
]
