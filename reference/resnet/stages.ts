import type {
  stageCosts as costsSpec,
  stageMemory as memorySpec,
  stageShapes as shapesSpec,
} from '../../spec/resnet/stages.ts'
import { build, sum } from '../arithmetic/array.ts'
import { product } from '../arithmetic/product.ts'
import type { Reference } from '../reference.ts'

/** ⌈size / 2^stage⌉: halving with rounding up, stage after stage, is one division with rounding up. */
const halved = (size: number, stage: number) => Math.ceil(size / 2 ** stage)

/**
 * Shapes of the stages of a residual network.
 *
 * Formula    shapes[s] = [⌈H / 2^s⌉, ⌈W / 2^s⌉, 2^s C]
 * Clauses    resnet.downsample.stride2
 * Shapes     → shapes: [S, 3]
 * Edges      one row stays one row
 * Source     He, Zhang, Ren, Sun (2016), section 3.3
 * Example    56, 56, 64 → 56 × 56 × 64, 28 × 28 × 128, 14 × 14 × 256, 7 × 7 × 512
 */
export const stageShapes: Reference<typeof shapesSpec> = (
  { exact },
  _,
  { rows, columns, channels, stages },
) => ({
  shapes: build([stages, 3], (s, axis) =>
    exact([halved(rows, s), halved(columns, s), channels * 2 ** s][axis]!),
  ),
})

/**
 * Cost of a 3 × 3 convolution in each stage of a residual network.
 *
 * Formula    weights[s] = 9 C_s², multiplyAdds[s] = H_s W_s · 9 C_s², C_s = 2^s C
 * Clauses    resnet.stage.cost-constant
 * Shapes     → multiplyAdds: [S], weights: [S]
 * Edges      odd sizes are rounded up
 * Source     He, Zhang, Ren, Sun (2016), section 3.3
 * Example    56, 56, 64 → 115 605 504 in every stage
 */
export const stageCosts: Reference<typeof costsSpec> = (
  arithmetic,
  _,
  { rows, columns, channels, stages },
) => {
  const weights = (s: number) => product(arithmetic, 9, channels * 2 ** s, channels * 2 ** s)
  return {
    multiplyAdds: build([stages], (s) =>
      arithmetic.multiply(product(arithmetic, halved(rows, s), halved(columns, s)), weights(s)),
    ),
    weights: build([stages], weights),
  }
}

/**
 * Activations of each stage of a residual network.
 *
 * Formula    memory[s] = H_s W_s · 2^s C with H_s = ⌈H / 2^s⌉, or H where sizes are kept
 * Clauses    resnet.stage.memory-halves
 * Shapes     → memory: [S], total: []
 * Edges      odd sizes are rounded up
 * Source     He, Zhang, Ren, Sun (2016), section 3.3
 * Example    56, 56, 64, halved → 200 704, 100 352, 50 176, 25 088
 */
export const stageMemory: Reference<typeof memorySpec> = (
  arithmetic,
  _,
  { rows, columns, channels, stages, halves },
) => {
  const size = (of: number, s: number) => (halves ? halved(of, s) : of)
  const memory = (s: number) =>
    product(arithmetic, size(rows, s), size(columns, s), channels * 2 ** s)
  return {
    memory: build([stages], memory),
    total: build([], () => sum(arithmetic, [stages], memory)),
  }
}
