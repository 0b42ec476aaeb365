import type {
  fireCounts as countsSpec,
  squeezenet as networkSpec,
  stridedChain as spec,
} from '../../spec/efficient/squeezenet.ts'
import { build, fromData } from '../arithmetic/array.ts'
import { product } from '../arithmetic/product.ts'
import type { Reference } from '../reference.ts'

/**
 * Parameters of a fire module.
 *
 * Formula    byLayer = (C + 1) s, (s + 1) e₁, (9 s + 1) e₃; unsqueezed = 9 C e₃, squeezed = 9 s e₃
 * Clauses    efficient.squeezenet.params
 * Shapes     → parameters: [], byLayer: [3], unsqueezed: [], squeezed: []
 * Edges      none
 * Source     Iandola et al. (2016), section 3.1, strategies 1 and 2
 * Example    C = 96, s = 16, e₁ = e₃ = 64 → 1552, 1088, 9280, together 11 920
 */
export const fireCounts: Reference<typeof countsSpec> = (
  arithmetic,
  _,
  { channels: C, squeeze: s, expand1, expand3 },
) => {
  const byLayer = [
    product(arithmetic, C + 1, s),
    product(arithmetic, s + 1, expand1),
    product(arithmetic, 9 * s + 1, expand3),
  ]
  return {
    parameters: build([], () => arithmetic.total(byLayer)),
    byLayer: fromData([3], byLayer),
    unsqueezed: build([], () => product(arithmetic, 9, C, expand3)),
    squeezed: build([], () => product(arithmetic, 9, s, expand3)),
  }
}

/** Iandola et al. (2016), table 1: squeezed channels, and filters of each kind, of the modules. */
const modules = [
  [16, 64],
  [16, 64],
  [32, 128],
  [32, 128],
  [48, 192],
  [48, 192],
  [64, 256],
  [64, 256],
] as const

/** Kernel and filters of the first layer, and the modules before which the image is pooled. */
const versions = {
  '1.0': { kernel: 7, filters: 96, poolBefore: [0, 3, 7] },
  '1.1': { kernel: 3, filters: 64, poolBefore: [0, 2, 4] },
} as const

/**
 * Parameters, sizes and multiply-adds of a SqueezeNet.
 *
 * Formula    side after the first layer ⌊(side − kernel) / 2⌋ + 1, after a pooling ⌈(side − 3) / 2⌉ + 1;
 *            modules as `fireCounts`, on 2e channels of the module before; last (512 + 1) · classes
 * Clauses    efficient.squeezenet.params, efficient.squeezenet.late-downsampling
 * Shapes     → parameters: [], byLayer: [10], sides: [10], multiplyAdds: []
 * Edges      from 32 pixels a side on every layer has something left
 * Source     Iandola et al. (2016), table 1; for version 1.1 its authors' release
 * Example    version 1.0, 1000 classes → 1 248 424 parameters
 */
export const squeezenet: Reference<typeof networkSpec> = (
  arithmetic,
  _,
  { version, side, classes },
) => {
  const { kernel, filters, poolBefore } = versions[version]
  const pools: readonly number[] = poolBefore
  const entry = Math.floor((side - kernel) / 2) + 1
  const sideOf = (module: number) =>
    pools
      .filter((before) => before <= module)
      .reduce((length) => Math.ceil((length - 3) / 2) + 1, entry)
  const channelsOf = (module: number) => (module === 0 ? filters : 2 * modules[module - 1]![1])

  const sides = [entry, ...modules.map((_, m) => sideOf(m)), sideOf(7)]
  const layers = [
    { weights: [[kernel, kernel, 3, filters]], biases: filters },
    ...modules.map(([s, e], m) => ({
      weights: [
        [channelsOf(m), s],
        [10, s, e],
      ],
      biases: s + 2 * e,
    })),
    { weights: [[512, classes]], biases: classes },
  ]
  const weights = layers.map(({ weights }) =>
    arithmetic.total(weights.map((factors) => product(arithmetic, ...factors))),
  )
  const byLayer = layers.map(({ biases }, layer) =>
    arithmetic.add(weights[layer]!, arithmetic.exact(biases)),
  )
  return {
    parameters: build([], () => arithmetic.total(byLayer)),
    byLayer: fromData([10], byLayer),
    sides: fromData([10], sides.map(arithmetic.exact)),
    multiplyAdds: build([], () =>
      arithmetic.total(
        weights.map((count, l) =>
          arithmetic.multiply(count, product(arithmetic, sides[l]!, sides[l]!)),
        ),
      ),
    ),
  }
}

/**
 * Sizes and costs of convolutions in a row with given strides.
 *
 * Formula    positions[l] = ⌈H / Π_{i ≤ l} S_i⌉ ⌈W / Π_{i ≤ l} S_i⌉, memory = C Σ positions,
 *            multiplyAdds = 9 C² Σ positions, weights = 9 C² L
 * Clauses    efficient.squeezenet.late-downsampling
 * Shapes     → multiplyAdds: [], positions: [L], memory: [], weights: []
 * Edges      one row stays one row
 * Source     Iandola et al. (2016), section 3.1, strategy 3
 * Example    2 × 2 pixels, one channel, strides 1, 2 → positions 4, 1, 45 multiply-adds
 */
export const stridedChain: Reference<typeof spec> = (
  arithmetic,
  _,
  { rows, columns, channels, strides },
) => {
  const { exact, multiply, total } = arithmetic
  const reach = (layer: number) => strides.slice(0, layer + 1).reduce((a, b) => a * b)
  const positions = strides.map((_, l) =>
    product(arithmetic, Math.ceil(rows / reach(l)), Math.ceil(columns / reach(l))),
  )
  const all = total(positions)
  return {
    multiplyAdds: build([], () => multiply(all, product(arithmetic, 9, channels, channels))),
    positions: fromData([strides.length], positions),
    memory: build([], () => multiply(all, exact(channels))),
    weights: build([], () => product(arithmetic, 9, channels, channels, strides.length)),
  }
}
