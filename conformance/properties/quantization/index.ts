import { formatProperties } from './formats.ts'
import { integerMatmulProperties } from './integer-matmul.ts'
import { reducedBitsProperties } from './reduced-bits.ts'

/** Every property of the clauses on quantization. */
export const quantizationProperties = [
  ...reducedBitsProperties,
  ...formatProperties,
  ...integerMatmulProperties,
]
