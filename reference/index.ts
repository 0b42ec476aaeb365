import type { OperationById } from '../spec/index.ts'
import { conv2d } from './cnn/conv2d.ts'
import { inference, totalLoss, trainingGradient, trainingLoss } from './inception/auxiliary.ts'
import { flatHead, headCounts, pooledHead, pooledHeadGradient } from './inception/head.ts'
import type { Reference } from './reference.ts'
import { block, blockGradient } from './resnet/block.ts'
import { bottleneck, bottleneckGradient, bottleneckLayers } from './resnet/bottleneck.ts'
import { chainDescent } from './resnet/degradation.ts'
import { network, networkCounts, poolingCost } from './resnet/network.ts'
import { projectionBlock, projectionBlockGradient } from './resnet/projection.ts'
import { jacobianPaths, stack, stackGradient } from './resnet/stack.ts'
import { stageCosts, stageMemory, stageShapes } from './resnet/stages.ts'

/** The reference of every operation, by the operation's id. */
export const references: { readonly [Id in keyof OperationById]: Reference<OperationById[Id]> } = {
  'cnn.conv2d': conv2d,
  'resnet.block': block,
  'resnet.blockGradient': blockGradient,
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
  'inception.totalLoss': totalLoss,
  'inception.trainingLoss': trainingLoss,
  'inception.trainingGradient': trainingGradient,
  'inception.inference': inference,
  'inception.headCounts': headCounts,
  'inception.pooledHead': pooledHead,
  'inception.pooledHeadGradient': pooledHeadGradient,
  'inception.flatHead': flatHead,
}
