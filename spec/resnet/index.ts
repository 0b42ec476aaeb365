import * as basic from './basic.ts'
import * as block from './block.ts'
import * as bottleneck from './bottleneck.ts'
import * as degradation from './degradation.ts'
import * as network from './network.ts'
import * as projection from './projection.ts'
import * as stack from './stack.ts'
import * as stages from './stages.ts'

/** The operations on residual networks. */
export const operations = [
  block.block,
  block.blockGradient,
  basic.basicBlockLayers,
  projection.projectionBlock,
  projection.projectionBlockGradient,
  bottleneck.bottleneck,
  bottleneck.bottleneckGradient,
  bottleneck.bottleneckLayers,
  stages.stageShapes,
  stages.stageCosts,
  stages.stageMemory,
  network.network,
  network.networkCounts,
  network.poolingCost,
  stack.stack,
  stack.stackGradient,
  stack.jacobianPaths,
  degradation.chainDescent,
] as const

/** Their clauses, in the order of the notes. */
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
