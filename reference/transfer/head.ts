import type { replaceHead as spec } from '../../spec/transfer/head.ts'
import { build, sum } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/**
 * Layers and parameters after the end of a network is replaced.
 *
 * Formula    d = (widths[0..cut], hidden, classes); parameters[l] = (d[l] + 1) d[l+1];
 *            frozen = Σ over the first cut layers, trainable = Σ over the others
 * Clauses    transfer.head.replace
 * Shapes     → units: [Layers], parameters: [Layers], frozen: [], trainable: []
 * Edges      without hidden layers the head stands right behind the cut
 * Source     Yosinski, Clune, Bengio, Lipson (2014), section 2, by counting
 * Example    widths 3, 2, 5, cut 1, 4 classes → units 2, 4; parameters 8, 12
 */
export const replaceHead: Reference<typeof spec> = (
  arithmetic,
  _,
  { widths, cut, hidden, classes },
) => {
  const { add, exact, multiply } = arithmetic
  const d = [...widths.slice(0, cut + 1), ...hidden, classes].map(exact)
  const layers = d.length - 1
  const parameters = build([layers], (l) => multiply(add(d[l]!, exact(1)), d[l + 1]!))
  return {
    units: build([layers], (l) => d[l + 1]!),
    parameters,
    frozen: build([], () => sum(arithmetic, [cut], (l) => parameters.at(l))),
    trainable: build([], () => sum(arithmetic, [layers - cut], (l) => parameters.at(cut + l))),
  }
}
