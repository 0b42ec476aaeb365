import { basicBlockLayers } from './basic.ts'
import { block, blockGradient } from './block.ts'
import { bottleneck, bottleneckGradient, bottleneckLayers } from './bottleneck.ts'
import { chainDescent } from './degradation.ts'
import { network, networkCounts, poolingCost } from './network.ts'
import { projectionBlock, projectionBlockGradient } from './projection.ts'
import { jacobianPaths, stack, stackGradient } from './stack.ts'
import { stageCosts, stageMemory, stageShapes } from './stages.ts'

/** The reference of every operation on residual networks, by the operation's id. */
export const resnetReferences = {
  'resnet.block': block,
  'resnet.blockGradient': blockGradient,
  'resnet.basicBlockLayers': basicBlockLayers,
  'resnet.projectionBlock': projectionBlock,
  'resnet.projectionBlockGradient': projectionBlockGradient,
  'resnet.bottleneck': bottleneck,
  'resnet.bottleneckGradient': bottleneckGradient,
  'resnet.bottleneckLayers': bottleneckLayers,
  'resnet.stageShapes': stageShapes,
  'resnet.stageCosts': stageCosts,
  'resnet.stageMemory': stageMemory,
  'resnet.network': network,
  'resnet.networkCounts': networkCounts,
  'resnet.poolingCost': poolingCost,
  'resnet.stack': stack,
  'resnet.stackGradient': stackGradient,
  'resnet.jacobianPaths': jacobianPaths,
  'resnet.chainDescent': chainDescent,
} as const
