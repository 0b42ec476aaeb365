/** The reference of every operation on quantization, by the name that it has in this area. */

export { affineScale } from './affine-scale.ts'
export { quantizedLayer } from './applies-to.ts'
export { binarize, binaryProduct } from './binary.ts'
export { decodeHalf, encodeHalf } from './formats.ts'
export { halfMatmul } from './half-products.ts'
export { levels } from './int-levels.ts'
export { integerMatmul, quantizedMatmul } from './integer-matmul.ts'
export { symmetricScale } from './per-layer-scale.ts'
export { dequantize, quantize } from './reduced-bits.ts'
