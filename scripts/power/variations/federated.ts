import { build } from '../../../reference/arithmetic/array.ts'
import { single } from '../arithmetics.ts'
import { type Variation, variation } from '../variation.ts'

const f = single

/** What servers compute, as it is written elsewhere. */
export const servers: readonly Variation[] = [
  variation('federated.aggregate', 'counts points in doubles, and adds from the last', (the) => {
    const { b, counts } = the.inputs
    const all = counts.data.reduce((sum, n) => sum + n, 0)
    return {
      b: build(the.right.b.shape, (o) =>
        f(counts.data.reduceRight((sum, n, k) => f(sum + f(n * b.at(k, o))), 0) / all),
      ),
    }
  }),
]
