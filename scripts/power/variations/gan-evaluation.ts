import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { svd } from '../../../reference/matrix.ts'
import { single } from '../arithmetics.ts'
import { change } from '../arrays.ts'
import { type Variation, variation } from '../variation.ts'

const f = single

type Matrix = NumberArray<number>

const product = (A: Matrix, B: Matrix) =>
  build([A.shape[0]!, B.shape[1]!], (i, j) => {
    let total = 0
    for (let k = 0; k < A.shape[1]!; k++) total = f(total + f(A.at(i, k) * B.at(k, j)))
    return total
  })
const turned = (A: Matrix) => build([A.shape[1]!, A.shape[0]!], (i, j) => A.at(j, i))

/** The root of a covariance that was rounded to single precision. */
function rootOf(Sigma: Matrix): Matrix {
  const { s, V } = svd(Sigma)
  const scaled = build(V.shape, (i, l) => f(f(Math.sqrt(f(s[l]!))) * f(V.at(i, l))))
  return product(scaled, turned(V))
}

/** How generated samples are judged, written in other ways. */
export const judges: readonly Variation[] = [
  variation(
    'gan.frechetDistance',
    'by the roots of the eigenvalues of the product with a root on both sides, in single precision',
    (the) => {
      const { covarianceReal: A, covarianceGenerated: B } = the.inputs
      const largest = Math.max(...A.data.map(Math.abs), ...B.data.map(Math.abs))
      if (!(largest < 2 ** 40 && largest > 2 ** -40)) return
      const root = rootOf(A)
      const middle = product(product(root, B), root)
      const { s } = svd(middle)
      const shared = s.reduce((sum, x) => f(sum + f(Math.sqrt(f(x)))), 0)
      const [, means, traces] = the.right.distance.data
      const distance = [f(f(means! + traces!) - f(2 * shared)), means!, traces!, shared]
      return { distance: change(the.right.distance, (_, i) => distance[i]!) }
    },
  ),
  variation(
    'gan.inceptionScore',
    'by joint probabilities, each less what the class of the sample by itself would be',
    (the) => {
      const [N, C] = [the.sizes.N, the.sizes.C]
      const { splits: S } = the.parameters
      const { probabilities: w } = the.inputs
      const all = (count: number, at: (i: number) => number) =>
        Array.from({ length: count }, (_, i) => at(i))
      const sum = (terms: readonly number[]) => terms.reduce((total, x) => f(total + x), 0)
      const scores = change(the.right.scores, (_, s) => {
        const [first, end] = [Math.floor((s * N) / S), Math.floor(((s + 1) * N) / S)]
        const size = end - first
        const row = all(size, (n) => sum(all(C, (c) => w.at(first + n, c))))
        const joint = (n: number, c: number) => f(f(w.at(first + n, c) / row[n]!) / size)
        const shares = all(C, (c) => sum(all(size, (n) => joint(n, c))))
        const told = sum(
          all(size * C, (at) => {
            const [n, c] = [Math.floor(at / C), at % C]
            const p = joint(n, c)
            return p === 0 ? 0 : f(p * f(Math.log(f(f(p * size) / shares[c]!))))
          }),
        )
        return f(Math.exp(told))
      })
      const mean = f(sum(scores.data) / S)
      const squares = scores.data.map((x) => f(f(x - mean) ** 2))
      const deviation = f(Math.sqrt(f(sum(squares) / S)))
      return { scores, score: change(the.right.score, (_, i) => (i === 0 ? mean : deviation)) }
    },
  ),
  variation(
    'gan.featureStatistics',
    'times the reciprocal of the count, from the last sample to the first, in single precision',
    (the) => {
      const { matrix, divisor } = the.parameters
      const [{ real, generated }, { means }] = [the.inputs, the.right]
      const matrices = change(the.right.matrices, (_, set, l, i, j) => {
        const x = set === 0 ? real : generated
        const N = x.shape[1]!
        const away = (n: number, d: number) =>
          matrix === 'gram' ? x.at(l!, n, d) : f(x.at(l!, n, d) - f(means.at(set!, l!, d)))
        let total = 0
        for (let n = N - 1; n >= 0; n--) total = f(total + f(away(n, i!) * away(n, j!)))
        return f(total * f(1 / (N - (divisor === 'N' ? 0 : 1))))
      })
      return { matrices }
    },
  ),
]
