import * as block from './block.ts'
import * as bottleneck from './bottleneck.ts'
import * as network from './network.ts'
import * as projection from './projection.ts'
import * as stages from './stages.ts'

/** The operations on residual networks. */
export const operations = [
  block.block,
  block.blockGradient,
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
] as const

/** Their clauses, in the order of the notes. */
export const clauses = [
  block.forward,
  block.identityFree,
  block.gradient,
  block.basicBlock,
  bottleneck.shapes,
  bottleneck.params,
  projection.sameSize,
  network.networkTotals,
  stages.downsample,
  stages.costConstant,
  stages.memoryHalves,
  network.poolingTwoOnly,
] as const
