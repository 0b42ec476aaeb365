import * as affineScale from './affine-scale.ts'
import * as appliesTo from './applies-to.ts'
import * as binary from './binary.ts'
import * as formats from './formats.ts'
import * as halfProducts from './half-products.ts'
import * as intLevels from './int-levels.ts'
import * as integerMatmul from './integer-matmul.ts'
import * as perLayerScale from './per-layer-scale.ts'
import * as reducedBits from './reduced-bits.ts'

/** The clauses on quantization, in the order of the notes. */
export const clauses = [
  reducedBits.quantizing,
  reducedBits.dequantizing,
  appliesTo.appliesTo,
  formats.decoding,
  formats.encoding,
  halfProducts.accumulation,
  intLevels.counts,
  binary.binaryScale,
  binary.binaryDot,
  perLayerScale.scaleOfLayer,
  affineScale.affineClause,
  integerMatmul.integerProduct,
  integerMatmul.requantizing,
] as const
