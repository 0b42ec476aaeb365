/** The fast implementation of every operation on low-rank layers, by the name that it has in this area. */

export { compressionRate } from './compression-rate.ts'
export { errorCurve } from './error-bound.ts'
export { layer, layerCost } from './fc-matrix.ts'
export { randomizedSvd } from './randomized-svd.ts'
export { rank } from './rank.ts'
export { factorStorage } from './storage.ts'
export { svd } from './svd.ts'
export { svdShapes } from './svd-shapes.ts'
export { truncate } from './truncate.ts'
export { twoLayers, twoLayersCost } from './two-layer.ts'
