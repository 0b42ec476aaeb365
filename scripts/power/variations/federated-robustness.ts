import { build } from '../../../reference/arithmetic/array.ts'
import { single } from '../arithmetics.ts'
import { change } from '../arrays.ts'
import { type Variation, variation } from '../variation.ts'

const f = single

/** What makes one model of several, as it is written for speed. */
export const aggregators: readonly Variation[] = [
  variation('federated.medianAggregate', 'adds half of the difference to the lower one', (the) => {
    const { w } = the.inputs
    const { M } = the.sizes
    return {
      w: change(the.right.w, (_, i, o) => {
        const sorted = Array.from({ length: M }, (_, m) => w.at(m, i, o)).sort((x, y) => x - y)
        const [low, high] = [sorted[Math.ceil(M / 2) - 1]!, sorted[Math.floor(M / 2)]!]
        return f(low + f(f(high - low) / 2))
      }),
    }
  }),
  variation('federated.trimmedMean', 'adds shares, the largest numbers first', (the) => {
    const { b } = the.inputs
    const { M } = the.sizes
    const { trim } = the.parameters
    const share = f(1 / (M - 2 * trim))
    return {
      b: change(the.right.b, (_, o) =>
        Array.from({ length: M }, (_, m) => b.at(m, o))
          .sort((x, y) => y - x)
          .slice(trim, M - trim)
          .reduce((sum, x) => f(sum + f(x * share)), 0),
      ),
    }
  }),
  variation('federated.krum', 'adds squared differences in single precision, backwards', (the) => {
    const { w, b } = the.inputs
    const { M, I, O } = the.sizes
    const squared = (m: number, l: number) => {
      let sum = 0
      for (let o = O - 1; o >= 0; o--) {
        sum = f(sum + f(f(b.at(m, o) - b.at(l, o)) ** 2))
        for (let i = I - 1; i >= 0; i--) sum = f(sum + f(f(w.at(m, i, o) - w.at(l, i, o)) ** 2))
      }
      return sum
    }
    return {
      scores: build([M], (m) =>
        Array.from({ length: M }, (_, l) => l)
          .filter((l) => l !== m)
          .map((l) => squared(m, l))
          .sort((x, y) => x - y)
          .slice(0, M - the.parameters.attackers - 2)
          .reduce((sum, d) => f(sum + d), 0),
      ),
    }
  }),
]
