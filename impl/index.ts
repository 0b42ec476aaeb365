import { type OperationById, operations } from '../spec/index.ts'
import type { Operation } from '../spec/language/operation.ts'
import { conv2d } from './cnn/conv2d.ts'
import { evaluateOn } from './evaluate.ts'
import { inference, totalLoss, trainingGradient, trainingLoss } from './inception/auxiliary.ts'
import { flatHead, headCounts, pooledHead, pooledHeadGradient } from './inception/head.ts'
import type { Fast } from './operation.ts'
import { block, blockGradient } from './resnet/block.ts'
import { bottleneck, bottleneckGradient, bottleneckLayers } from './resnet/bottleneck.ts'
import { chainDescent } from './resnet/degradation.ts'
import { network, networkCounts, poolingCost } from './resnet/network.ts'
import { projectionBlock, projectionBlockGradient } from './resnet/projection.ts'
import { jacobianPaths, stack, stackGradient } from './resnet/stack.ts'
import { stageCosts, stageMemory, stageShapes } from './resnet/stages.ts'

/** The fast implementation of every operation, by the operation's id. */
export const fast: { readonly [Id in keyof OperationById]: Fast<OperationById[Id]> } = {
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

/**
 * Every operation as a function of arrays of the host, on the device that is open.
 * `waits`: whether reading back from the device has to be awaited, as on WebGPU.
 */
export function evaluators(device: { readonly waits: boolean }) {
  return Object.fromEntries(
    operations.map((operation: Operation) => [
      operation.id,
      evaluateOn(
        operation,
        fast[operation.id as keyof OperationById] as unknown as Fast<Operation>,
        device,
      ),
    ]),
  )
}
