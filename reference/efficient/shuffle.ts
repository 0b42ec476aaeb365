import type {
  channelShuffleGradient as gradientSpec,
  channelShuffle as spec,
} from '../../spec/efficient/shuffle.ts'
import { build } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/**
 * Channel shuffle.
 *
 * Formula    y[…, j·g + i] = x[…, i·n + j], 0 ≤ i < g, 0 ≤ j < n = C / g
 * Clauses    efficient.shufflenet.channel-shuffle
 * Shapes     x: [N, H, W, C] → y: [N, H, W, C]
 * Edges      one group, or groups of one channel, change nothing
 * Source     Zhang et al. (2018), section 3.1
 * Example    channels 0 to 5, two groups → 0, 3, 1, 4, 2, 5
 */
export const channelShuffle: Reference<typeof spec> = (_, { x }, { groups: g }) => {
  const n = x.shape[3]! / g
  return {
    y: build(x.shape, (image, row, column, c) => {
      const [j, i] = [Math.floor(c / g), c % g]
      return x.at(image, row, column, i * n + j)
    }),
  }
}

/**
 * Gradient of the channel shuffle.
 *
 * Formula    dx[…, i·n + j] = dy[…, j·g + i]
 * Clauses    efficient.shufflenet.channel-shuffle
 * Shapes     dy: [N, H, W, C] → dx: [N, H, W, C]
 * Edges      one group, or groups of one channel, change nothing
 * Source     Zhang et al. (2018), section 3.1, by the chain rule
 * Example    gradients 0 to 5, two groups → 0, 2, 4, 1, 3, 5
 */
export const channelShuffleGradient: Reference<typeof gradientSpec> = (
  _,
  { dy },
  { groups: g },
) => {
  const n = dy.shape[3]! / g
  return {
    dx: build(dy.shape, (image, row, column, c) => {
      const [i, j] = [Math.floor(c / n), c % n]
      return dy.at(image, row, column, j * g + i)
    }),
  }
}
