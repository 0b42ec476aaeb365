import * as block from './block.ts'
import * as bottleneck from './bottleneck.ts'
import * as projection from './projection.ts'

/** The operations on residual networks. */
export const operations = [
  block.block,
  block.blockGradient,
  projection.projectionBlock,
  projection.projectionBlockGradient,
  bottleneck.bottleneck,
  bottleneck.bottleneckGradient,
  bottleneck.bottleneckLayers,
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
] as const
