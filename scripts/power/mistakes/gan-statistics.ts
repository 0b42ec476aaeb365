import { single } from '../arithmetics.ts'
import { change, clear } from '../arrays.ts'
import { lasting, type Mistake, mistake } from '../mistake.ts'

/** Mistakes of the statistics of features. */
export const ganStatisticsMistakes: readonly Mistake[] = [
  mistake(
    'gan.featureStatistics',
    'size',
    'looks at the first 64 features of a layer',
    (the) => {
      if (the.sizes.D <= 64) return
      const first = (x: typeof the.inputs.real) => clear(x, 2, (d) => d >= 64)
      return the.but({ real: first(the.inputs.real), generated: first(the.inputs.generated) })
    },
    { sizes: { D: 65 } },
  ),
  mistake(
    'gan.featureStatistics',
    'shape',
    'leaves what features share below the diagonal at 0 where there are three of them and more',
    (the) => {
      if (the.sizes.D < 3) return
      return { matrices: change(the.right.matrices, (v, _s, _l, i, j) => (i! > j! ? 0 : v)) }
    },
    { sizes: { D: 3 } },
  ),
  mistake(
    'gan.featureStatistics',
    'special',
    'leaves out what a layer adds where one set alone does not vary',
    (the) => {
      if (the.parameters.matrix === 'gram' || (the.sizes.R > 1 && the.sizes.S > 1)) return
      return {
        distances: change(the.right.distances, (v, row, part) => {
          if (part === 1) return v
          return part === 2 ? 0 : the.right.distances.at(row!, 1)
        }),
      }
    },
    { sizes: { R: 1, S: 3 }, parameters: { matrix: 'covariance', divisor: 'N' } },
  ),
  mistake(
    'gan.featureStatistics',
    'numeric',
    'takes covariances from means of products, in single precision',
    (the) => {
      const { matrix, divisor } = the.parameters
      if (matrix === 'gram') return
      const f = single
      return {
        matrices: change(the.right.matrices, (_, set, l, i, j) => {
          const x = set === 0 ? the.inputs.real : the.inputs.generated
          const N = x.shape[1]!
          let [products, ofI, ofJ] = [0, 0, 0]
          for (let n = 0; n < N; n++) {
            products = f(products + f(x.at(l!, n, i!) * x.at(l!, n, j!)))
            ofI = f(ofI + x.at(l!, n, i!))
            ofJ = f(ofJ + x.at(l!, n, j!))
          }
          return f(f(products - f(f(ofI * ofJ) / N)) / (N - (divisor === 'N' ? 0 : 1)))
        }),
      }
    },
    {
      parameters: { matrix: 'covariance' },
      elements: { real: (v) => v + 1000, generated: (v) => v + 1000 },
    },
  ),
  mistake(
    'gan.featureStatistics',
    'term',
    'adds up the first two layers',
    (the) => {
      const { L } = the.sizes
      if (L < 3) return
      const { distances } = the.right
      return {
        distances: change(distances, (v, row, part) =>
          row === L ? distances.at(0, part!) + distances.at(1, part!) : v,
        ),
      }
    },
    { sizes: { L: 3 } },
  ),
  mistake(
    'gan.featureStatistics',
    'logic',
    'divides Gram matrices by N where N − 1 is asked for',
    (the) => {
      if (the.parameters.matrix === 'gram') return the.but({}, { divisor: 'N' })
    },
    { parameters: { matrix: 'gram', divisor: 'N - 1' } },
  ),
  lasting('gan.featureStatistics', 'state', 'keeps the real means of the call before', () => {
    let before: readonly number[] = []
    return (the) => {
      const last = before
      before = the.right.means.data
      if (last.length !== before.length) return
      return {
        means: change(the.right.means, (v, set, l, d) => {
          const { D } = the.sizes
          return set === 0 ? last[l! * D + d!]! : v
        }),
      }
    }
  }),
]
