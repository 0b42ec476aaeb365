import type { basicBlockLayers as spec } from '../../spec/resnet/basic.ts'
import { build } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/**
 * Shapes, weights and activations of a basic block.
 *
 * Formula    weights = 9C², 9C²; shapes = [H, W, C] throughout; multiplyAdds = HW · 9C²;
 *            activations = 3 HWC
 * Clauses    resnet.basic-block
 * Shapes     → weights: [2], shapes: [3, 3], multiplyAdds: [2], activations: []
 * Edges      none
 * Source     He, Zhang, Ren, Sun (2016), figure 5, left
 * Example    56 × 56 pixels, 64 channels → 36 864 weights twice, 115 605 504 multiply-adds twice
 */
export const basicBlockLayers: Reference<typeof spec> = (
  { exact, multiply },
  _,
  { rows, columns, channels },
) => {
  const [H, W, C] = [exact(rows), exact(columns), exact(channels)]
  const weights = multiply(exact(9), multiply(C, C))
  const pixels = multiply(H, W)
  return {
    weights: build([2], () => weights),
    shapes: build([3, 3], (_array, axis) => [H, W, C][axis]!),
    multiplyAdds: build([2], () => multiply(pixels, weights)),
    activations: build([], () => multiply(exact(3), multiply(pixels, C))),
  }
}
