import type { shareOfNetwork as spec } from '../../spec/pruning/fc-share.ts'
import { build } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/** ⌊p N⌋ of a decimal p of four places, in whole numbers. */
function floorOf(share: number, N: number): number {
  const tenThousandths = Math.round(share * 10_000) * N
  return (tenThousandths - (tenThousandths % 10_000)) / 10_000
}

/**
 * Weights that pruning of either kind of layers removes from a network.
 *
 * Formula    removed = ⌊p_c N_c⌋ + ⌊p_d N_d⌋, left = N − removed, N = N_c + N_d; densePart = N_d / N,
 *            saved = removed / N
 * Clauses    pruning.fc-share
 * Shapes     → all of them: []
 * Edges      a share of a weight is rounded down, of each kind by itself
 * Source     Han, Pool, Tran, Dally (2015), table 4
 * Example    N_c = 25, N_d = 75, p_c = 0, p_d = 0.65 → removed 48, left 52, densePart ¾, saved 0.48
 */
export const shareOfNetwork: Reference<typeof spec> = (
  { divide, exact },
  _,
  { convolutional, dense, convolutionalShare, denseShare },
) => {
  const N = convolutional + dense
  const removed = floorOf(convolutionalShare, convolutional) + floorOf(denseShare, dense)
  return {
    removed: build([], () => exact(removed)),
    left: build([], () => exact(N - removed)),
    densePart: build([], () => divide(exact(dense), exact(N))),
    saved: build([], () => divide(exact(removed), exact(N))),
  }
}
