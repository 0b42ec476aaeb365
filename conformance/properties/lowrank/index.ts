import type { Property } from '../../engine/property.ts'
import { compressionRateProperties } from './compression-rate.ts'
import { eckartYoungProperties } from './eckart-young.ts'
import { errorBoundProperties } from './error-bound.ts'
import { errorMonotoneProperties } from './error-monotone.ts'
import { fcMatrixProperties } from './fc-matrix.ts'
import { randomizedSvdProperties } from './randomized-svd.ts'
import { rankProperties } from './rank.ts'
import { storageProperties } from './storage.ts'
import { svdProperties } from './svd.ts'
import { svdShapesProperties } from './svd-shapes.ts'
import { truncateProperties } from './truncate.ts'
import { twoLayerProperties } from './two-layer.ts'

/** Every property of the clauses on low-rank layers. */
export const lowrankProperties: readonly Property[] = [
  ...fcMatrixProperties,
  ...svdProperties,
  ...svdShapesProperties,
  ...truncateProperties,
  ...rankProperties,
  ...storageProperties,
  ...compressionRateProperties,
  ...errorBoundProperties,
  ...errorMonotoneProperties,
  ...eckartYoungProperties,
  ...twoLayerProperties,
  ...randomizedSvdProperties,
]
