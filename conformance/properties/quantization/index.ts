import { affineScaleProperties } from './affine-scale.ts'
import { appliesToProperties } from './applies-to.ts'
import { binaryProperties } from './binary.ts'
import { formatProperties } from './formats.ts'
import { halfProductProperties } from './half-products.ts'
import { intLevelProperties } from './int-levels.ts'
import { integerMatmulProperties } from './integer-matmul.ts'
import { perLayerScaleProperties } from './per-layer-scale.ts'
import { reducedBitsProperties } from './reduced-bits.ts'

/** Every property of the clauses on quantization. */
export const quantizationProperties = [
  ...reducedBitsProperties,
  ...appliesToProperties,
  ...formatProperties,
  ...halfProductProperties,
  ...intLevelProperties,
  ...binaryProperties,
  ...perLayerScaleProperties,
  ...affineScaleProperties,
  ...integerMatmulProperties,
]
