import type { pyramid as spec } from '../../spec/cnn/shape.ts'
import { build } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/**
 * First layer of a network that breaks the pyramid.
 *
 * Formula    first = min {l : H_l > H_{l−1} or W_l > W_{l−1}, or l is a convolution with fewer channels
 *            than the last convolution before it}, −1 if there is none
 * Clauses    cnn.shape.pyramid
 * Shapes     → first: []
 * Edges      a single layer is a pyramid
 * Source     LeCun, Bottou, Bengio, Haffner (1998), section II.A
 * Example    8 × 8 × 16, 4 × 4 × 32, 8 × 8 × 16 → first = 2
 */
export const pyramid: Reference<typeof spec> = ({ exact }, _, { layers }) => {
  const breaks = layers.map(({ kind, rows, columns, channels }, l) => {
    const before = layers[l - 1]
    const convolution = layers.slice(0, l).findLast((it) => it.kind === 'convolution')
    const wider = before !== undefined && (rows > before.rows || columns > before.columns)
    const poorer =
      kind === 'convolution' && convolution !== undefined && channels < convolution.channels
    return wider || poorer
  })
  return { first: build([], () => exact(breaks.indexOf(true))) }
}
