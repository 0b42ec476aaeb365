import type {
  mobilenet as networkSpec,
  scaledCost as scaledSpec,
  separableCost as spec,
} from '../../spec/efficient/mobilenet.ts'
import { build, fromData } from '../arithmetic/array.ts'
import { product } from '../arithmetic/product.ts'
import type { Reference } from '../reference.ts'

/**
 * Cost of a depthwise separable layer and of a standard one.
 *
 * Formula    weights = D_K² M, M N, D_K² M N; multiplyAdds = D_F² · weights; ratio = 1/N + 1/D_K²
 * Clauses    efficient.mobilenet.cost-ratio
 * Shapes     → weights: [3], multiplyAdds: [3], ratio: []
 * Edges      with a kernel of one pixel or a single filter the ratio is above 1
 * Source     Howard et al. (2017), section 3.1
 * Example    D_K = 3, M = 1, N = 9, D_F = 1 → 9, 9, 81, ratio 2/9
 */
export const separableCost: Reference<typeof spec> = (
  arithmetic,
  _,
  { kernel, channels, filters, side },
) => {
  const { add, divide, exact } = arithmetic
  const factors = [
    [kernel, kernel, channels],
    [channels, filters],
    [kernel, kernel, channels, filters],
  ]
  const one = exact(1)
  return {
    weights: build([3], (layer) => product(arithmetic, ...factors[layer]!)),
    multiplyAdds: build([3], (layer) => product(arithmetic, side, side, ...factors[layer]!)),
    ratio: build([], () =>
      add(divide(one, exact(filters)), divide(one, product(arithmetic, kernel, kernel))),
    ),
  }
}

/**
 * Cost of a depthwise separable layer at reduced width and resolution.
 *
 * Formula    multiplyAdds = D_K² αM (ρD_F)² + αM αN (ρD_F)², weights = D_K² αM + αM αN
 * Clauses    efficient.mobilenet.multipliers
 * Shapes     → multiplyAdds: [], weights: []
 * Edges      α = ρ = 1: the layer itself
 * Source     Howard et al. (2017), equations 6 and 7
 * Example    D_K = 3, M = N = D_F = 2, α = ρ = 1/2 → 9 + 1 = 10 multiply-adds, 10 weights
 */
export const scaledCost: Reference<typeof scaledSpec> = (
  arithmetic,
  _,
  { kernel, channels, filters, side, width: [a, b], resolution: [p, q] },
) => {
  const M = (a * channels) / b
  const N = (a * filters) / b
  const D = (p * side) / q
  const { add } = arithmetic
  return {
    multiplyAdds: build([], () =>
      add(product(arithmetic, kernel, kernel, M, D, D), product(arithmetic, M, N, D, D)),
    ),
    weights: build([], () =>
      add(product(arithmetic, kernel, kernel, M), product(arithmetic, M, N)),
    ),
  }
}

/** Howard et al. (2017), table 1: stride, channels and filters of the separable layers, at full width. */
const layers = [
  [1, 32, 64],
  [2, 64, 128],
  [1, 128, 128],
  [2, 128, 256],
  [1, 256, 256],
  [2, 256, 512],
  [1, 512, 512],
  [1, 512, 512],
  [1, 512, 512],
  [1, 512, 512],
  [1, 512, 512],
  [2, 512, 1024],
  [1, 1024, 1024],
] as const

/**
 * Parameters and multiply-adds of a MobileNet.
 *
 * Formula    a 3 × 3 convolution from 3 to 32α channels with stride 2, thirteen separable layers
 *            with 9 c and c q weights, c and q α times those of the table, each on sides that its
 *            stride halves, rounding up; a linear classifier on 1024α means; 2 numbers a channel for
 *            the normalization after each convolution
 * Clauses    efficient.mobilenet.cost-ratio, efficient.mobilenet.multipliers
 * Shapes     → parameters: [], multiplyAdds: [], weightsByKind: [4], multiplyAddsByKind: [4]
 * Edges      sides are rounded up
 * Source     Howard et al. (2017), table 1
 * Example    full width, side 224, 1000 classes → 4 231 976 parameters, 568 740 352 multiply-adds
 */
export const mobilenet: Reference<typeof networkSpec> = (
  arithmetic,
  _,
  { quarters, side, classes },
) => {
  const { exact, multiply, total } = arithmetic
  const wide = (channels: number) => (channels * quarters) / 4
  const sides: number[] = [Math.ceil(side / 2)]
  for (const [stride] of layers) sides.push(Math.ceil(sides.at(-1)! / stride))
  const count = (...factors: number[]) => product(arithmetic, ...factors)
  const pixels = (layer: number) => count(sides[layer]!, sides[layer]!)

  const first = count(27, wide(32))
  const perChannel = layers.map(([, c]) => count(9, wide(c)))
  const mixing = layers.map(([, c, q]) => count(wide(c), wide(q)))
  const classifier = count(wide(1024), classes)
  const weights = [first, total(perChannel), total(mixing), classifier]
  const costs = [
    multiply(first, pixels(0)),
    total(perChannel.map((w, l) => multiply(w, pixels(l + 1)))),
    total(mixing.map((w, l) => multiply(w, pixels(l + 1)))),
    classifier,
  ]
  const normalized = [count(2, wide(32)), ...layers.map(([, c, q]) => count(2, wide(c) + wide(q)))]
  return {
    parameters: build([], () => total([...weights, ...normalized, exact(classes)])),
    multiplyAdds: build([], () => total(costs)),
    weightsByKind: fromData([4], weights),
    multiplyAddsByKind: fromData([4], costs),
  }
}
