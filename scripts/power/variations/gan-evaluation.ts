import { single } from '../arithmetics.ts'
import { change } from '../arrays.ts'
import { type Variation, variation } from '../variation.ts'

const f = single

/** How generated samples are judged, written in other ways. */
export const judges: readonly Variation[] = [
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
]
