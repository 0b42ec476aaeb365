import type { OperationById } from '../spec/index.ts'
import { conv2d } from './cnn/conv2d.ts'
import type { Reference } from './reference.ts'
import { block, blockGradient } from './resnet/block.ts'
import { bottleneck, bottleneckGradient, bottleneckLayers } from './resnet/bottleneck.ts'
import { projectionBlock, projectionBlockGradient } from './resnet/projection.ts'

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
}
