import { build } from '../../../reference/arithmetic/array.ts'
import { single } from '../arithmetics.ts'
import { change } from '../arrays.ts'
import { type Variation, variation } from '../variation.ts'

const f = single

/** What servers compute, as it is written elsewhere. */
export const servers: readonly Variation[] = [
  variation('federated.aggregate', 'adds up models times their shares of the points', (the) => {
    const { w, b, counts } = the.inputs
    const all = counts.data.reduce((sum, n) => f(sum + n), 0)
    const shares = counts.data.map((n) => f(n / all))
    const mean = (theta: (k: number) => number) =>
      shares.reduce((sum, share, k) => f(sum + f(share * theta(k))), 0)
    return {
      w: change(the.right.w, (_, i, o) => mean((k) => w.at(k, i, o))),
      b: change(the.right.b, (_, o) => mean((k) => b.at(k, o))),
    }
  }),
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
