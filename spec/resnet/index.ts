import * as basic from './basic.ts'
import * as block from './block.ts'
import * as bottleneck from './bottleneck.ts'
import * as degradation from './degradation.ts'
import * as network from './network.ts'
import * as projection from './projection.ts'
import * as stack from './stack.ts'
import * as stages from './stages.ts'

/** The clauses on residual networks, in the order of the notes. */
export const clauses = [
  degradation.identityConstruction,
  block.forward,
  block.identityFree,
  stack.gradientProduct,
  block.gradient,
  stack.gradientHighway,
  basic.basicBlock,
  bottleneck.shapes,
  bottleneck.params,
  projection.sameSize,
  network.networkTotals,
  stages.downsample,
  stages.costConstant,
  stages.memoryHalves,
  network.poolingTwoOnly,
] as const
