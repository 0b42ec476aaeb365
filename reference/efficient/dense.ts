import type {
  denseBlockGradient as gradientSpec,
  denseBlock as spec,
} from '../../spec/efficient/dense.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray, stacked } from '../arithmetic/array.ts'
import { plus } from '../layers/addition.ts'
import { beside, channels } from '../layers/channels.ts'
import { convolve, convolveGradient } from '../layers/half-padding.ts'
import { rectify, rectifyGradient } from '../layers/rectifier.ts'
import type { Reference } from '../reference.ts'

/** The filters and the bias of each layer: layer l has C + K l channels for its input, l from 0 on. */
function layersOf<T>(C: number, filters: NumberArray<T>, biases: NumberArray<T>) {
  const [L, K] = biases.shape as [number, number]
  let from = 0
  return Array.from({ length: L }, (_, l) => {
    const [start, inputs] = [from, C + K * l]
    from += inputs
    return {
      start,
      inputs,
      filters: build([3, 3, inputs, K], (u, v, t, k) => filters.at(u, v, start + t, k)),
      bias: build([K], (k) => biases.at(l, k)),
    }
  })
}

const entry = <T>(
  arithmetic: Arithmetic<T>,
  maps: NumberArray<T>,
  activation: 'linear' | 'relu',
) => (activation === 'relu' ? rectify(arithmetic, maps) : maps)

/**
 * Dense block.
 *
 * Formula    x_l = F_l ∗ ψ([x₀ ‖ … ‖ x_{l−1}]) + b_l, ψ the identity or max(·, 0);
 *            y = [x₀ ‖ … ‖ x_L]
 * Clauses    efficient.densenet.concat, efficient.densenet.growth
 * Shapes     x: [N, H, W, C], filters: [3, 3, L C + K L (L − 1) / 2, K], biases: [L, K]
 *            → y: [N, H, W, C + K L]
 * Edges      one ring of zeros around the maps before each convolution
 * Source     Huang et al. (2017), equation 2
 * Example    one pixel 1, growth 1, weights 1 in the middle, no biases, two layers → y = 1, 1, 2
 */
export const denseBlock: Reference<typeof spec> = (
  arithmetic,
  { x, filters, biases },
  { activation },
) => {
  let maps = x
  for (const layer of layersOf(x.shape[3]!, filters, biases)) {
    const given = entry(arithmetic, maps, activation)
    maps = beside(maps, convolve(arithmetic, given, layer.filters, layer.bias))
  }
  return { y: maps }
}

/**
 * Gradients of the dense block.
 *
 * Formula    from the last layer on: e = the gradient of its maps, that of all maps before it grows
 *            by ψ′ · F_lᵀ e; what is left for the first C channels is dx
 * Clauses    efficient.densenet.gradient
 * Shapes     as of the block, dy: [N, H, W, C + K L]; each gradient as what it belongs to
 * Edges      φ′(0) = 0
 * Source     Huang et al. (2017), equation 2, by the chain rule
 * Example    one pixel 1, weights 1, two layers, dy = 1, 1, 1 → dx = 1 + 2 + 1 = 4
 */
export const denseBlockGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { x, filters, biases, dy },
  { activation },
) => {
  const { y } = denseBlock(arithmetic, { x, filters, biases }, { activation })
  const K = biases.shape[1]!
  const layers = layersOf(x.shape[3]!, filters, biases)
  const [dFilters, dBiases]: NumberArray<(typeof x.data)[number]>[][] = [[], []]
  let reaching = dy
  for (const layer of layers.toReversed()) {
    const { inputs } = layer
    const before = channels(y, 0, inputs)
    const [own, passed] = [channels(reaching, inputs, K), channels(reaching, 0, inputs)]
    const given = entry(arithmetic, before, activation)
    const back = convolveGradient(arithmetic, given, layer.filters, own)
    dFilters!.unshift(back.dFilters)
    dBiases!.unshift(back.dBias)
    const sent = activation === 'relu' ? rectifyGradient(arithmetic, before, back.dx) : back.dx
    reaching = plus(arithmetic, passed, sent)
  }
  return {
    dx: reaching,
    dFilters: build(filters.shape, (u, v, t, k) => {
      const l = layers.findLastIndex(({ start }) => start <= t)
      return dFilters![l]!.at(u, v, t - layers[l]!.start, k)
    }),
    dBiases: stacked(dBiases!),
  }
}
