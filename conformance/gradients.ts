import { activation } from '../spec/cnn/activation.ts'
import { dropout } from '../spec/cnn/dropout.ts'
import { flatten } from '../spec/cnn/flatten.ts'
import { lrnAcross, lrnWithin } from '../spec/cnn/lrn.ts'
import { averagePool, maxPool } from '../spec/cnn/pool.ts'
import { trainingLoss } from '../spec/inception/auxiliary.ts'
import { pooledHead } from '../spec/inception/head.ts'
import { block } from '../spec/resnet/block.ts'
import { bottleneck } from '../spec/resnet/bottleneck.ts'
import { projectionBlock } from '../spec/resnet/projection.ts'
import { stack } from '../spec/resnet/stack.ts'
import type { GradientOf } from './engine/gradient.ts'

/**
 * Which operation every operation of the level `gradients` is the derivative of, by its id. By it, the
 * reference of each is compared with difference quotients of 64 digits (`reference.test.ts`); one
 * without an entry fails that test.
 */
export const gradients: Readonly<Record<string, GradientOf>> = {
  'cnn.activationGradient': { forward: activation },
  'cnn.maxPoolGradient': { forward: maxPool },
  'cnn.averagePoolGradient': { forward: averagePool },
  'cnn.lrnWithinGradient': { forward: lrnWithin },
  'cnn.lrnAcrossGradient': { forward: lrnAcross },
  'cnn.flattenGradient': { forward: flatten },
  'cnn.dropoutGradient': { forward: dropout },
  'inception.pooledHeadGradient': { forward: pooledHead },
  'inception.trainingGradient': { forward: trainingLoss, upstream: { losses: null } },
  'resnet.blockGradient': { forward: block },
  'resnet.bottleneckGradient': { forward: bottleneck },
  'resnet.projectionBlockGradient': { forward: projectionBlock },
  'resnet.stackGradient': { forward: stack, upstream: { states: null, branches: null } },
}
