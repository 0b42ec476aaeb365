import type {
  denseChannels as channelsSpec,
  densenet as networkSpec,
} from '../../spec/efficient/densenet.ts'
import { build, fromData } from '../arithmetic/array.ts'
import { product } from '../arithmetic/product.ts'
import type { Reference } from '../reference.ts'

/**
 * Channels, connections and weights of a dense block.
 *
 * Formula    inputs[l] = k₀ + k l for l from 0 on, output = k₀ + k L, connections = L (L + 1) / 2,
 *            weights = 9 k (L k₀ + k L (L − 1) / 2)
 * Clauses    efficient.densenet.growth, efficient.densenet.concat
 * Shapes     → inputs: [L], output: [], connections: [], weights: []
 * Edges      one layer has one connection, to the input
 * Source     Huang et al. (2017), section 3
 * Example    k₀ = 4, k = 2, L = 3 → 4, 6, 8, output 10, 6 connections, 324 weights
 */
export const denseChannels: Reference<typeof channelsSpec> = (
  arithmetic,
  _,
  { channels, growth, layers: L },
) => {
  const { exact } = arithmetic
  return {
    inputs: build([L], (l) => exact(channels + growth * l)),
    output: build([], () => exact(channels + growth * L)),
    connections: build([], () => exact((L * (L + 1)) / 2)),
    weights: build([], () =>
      product(arithmetic, 9, growth, L * channels + (growth * L * (L - 1)) / 2),
    ),
  }
}

/** Huang et al. (2017), table 1, and for DenseNet-161 the authors' release. */
const networks = {
  '121': { growth: 32, first: 64, blocks: [6, 12, 24, 16] },
  '169': { growth: 32, first: 64, blocks: [6, 12, 32, 32] },
  '201': { growth: 32, first: 64, blocks: [6, 12, 48, 32] },
  '161': { growth: 48, first: 96, blocks: [6, 12, 36, 24] },
} as const

/**
 * Channels, parameters and multiply-adds of a DenseNet.
 *
 * Formula    a block of n layers on c channels with growth k: Σ_l 4k (c + k l) + n · 36 k² weights
 *            and 2 (c + k l) + 8k numbers for normalization; between blocks c′ → c′ / 2 with c′² / 2
 *            weights and 2 c′ numbers, then sides halve, rounding down; first 7 × 7 with stride 2 and
 *            2 numbers a channel; last 2 c numbers and (c + 1) · classes
 * Clauses    efficient.densenet.growth
 * Shapes     → channels: [4], parameters: [], multiplyAdds: [], layers: []
 * Edges      from 32 pixels a side on every block has something left
 * Source     Huang et al. (2017), table 1
 * Example    DenseNet-121, side 224, 1000 classes → channels 256, 512, 1024, 1024,
 *            7 978 856 parameters
 */
export const densenet: Reference<typeof networkSpec> = (
  arithmetic,
  _,
  { depth, side, classes },
) => {
  const { exact, total } = arithmetic
  const { growth: k, first, blocks } = networks[depth]
  const half = Math.ceil(side / 2)
  const weights = [[147, first]]
  const costs = [[half, half, 147, first]]
  const numbers = [[2, first]]
  const given: number[] = []
  let channels: number = first
  let length = Math.ceil(half / 2)
  for (const [b, n] of blocks.entries()) {
    // Σ_l (c + k l)
    const inputs = n * channels + (k * n * (n - 1)) / 2
    weights.push([4, k, inputs], [n, 36, k, k])
    numbers.push([2, inputs], [n, 8, k])
    costs.push([length, length, 4, k, inputs], [length, length, n, 36, k, k])
    channels += k * n
    given.push(channels)
    if (b === 3) break
    weights.push([channels, channels / 2])
    numbers.push([2, channels])
    costs.push([length, length, channels, channels / 2])
    channels /= 2
    length = Math.floor(length / 2)
  }
  const sumOf = (terms: number[][]) =>
    total(terms.map((factors) => product(arithmetic, ...factors)))
  const classifier = [channels, classes]
  return {
    channels: fromData([4], given.map(exact)),
    parameters: build([], () =>
      sumOf([...weights, ...numbers, [2, channels], classifier, [classes]]),
    ),
    multiplyAdds: build([], () => sumOf([...costs, classifier])),
    layers: build([], () => exact(2 * blocks.reduce((a, n) => a + n, 0) + 5)),
  }
}
