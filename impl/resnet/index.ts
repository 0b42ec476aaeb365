/** The fast implementation of every operation on residual networks, by the name that it has in this area. */

export { basicBlockLayers } from './basic.ts'
export { block, blockGradient } from './block.ts'
export { bottleneck, bottleneckGradient, bottleneckLayers } from './bottleneck.ts'
export { chainDescent } from './degradation.ts'
export { network, networkCounts, poolingCost } from './network.ts'
export { projectionBlock, projectionBlockGradient } from './projection.ts'
export { jacobianPaths, stack, stackGradient } from './stack.ts'
export { stageCosts, stageMemory, stageShapes } from './stages.ts'
