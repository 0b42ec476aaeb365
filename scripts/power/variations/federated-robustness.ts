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
  variation('federated.secureSum', 'gives −0 for 0', (the) => ({
    sum: change(the.right.sum, (s) => (s === 0 ? -0 : s)),
  })),
  variation('federated.clipUpdates', 'multiplies by the bound over the length', (the) => {
    const { bound } = the.parameters
    const { norms } = the.right
    const factor = (m: number) => (norms.at(m) > bound ? f(f(bound) / f(norms.at(m))) : 1)
    return { w: change(the.inputs.w, (x, m) => f(x * factor(m))) }
  }),
  variation('federated.noisyMean', 'adds the noise to the mean', (the) => {
    const { bound, multiplier } = the.parameters
    const { M } = the.sizes
    const { b } = the.but({}, { multiplier: 0 })
    const spread = f(f(f(multiplier) * f(bound)) / M)
    return { b: change(b, (x, o) => f(f(x) + f(spread * the.inputs.noiseB.at(o)))) }
  }),
  variation('federated.metropolisWeights', 'takes what is left of 1 one by one', (the) => {
    const { weights } = the.right
    return {
      weights: change(weights, (p, k, l) => {
        if (k !== l) return f(p)
        let left = 1
        for (let j = 0; j < the.sizes.K; j++) if (j !== k) left = f(left - f(weights.at(k, j)))
        return left
      }),
    }
  }),
  variation('federated.gossip', 'adds up from the last client on', (the) => ({
    b: change(the.right.b, (exact, t, k, o) => {
      if (t > 0) return exact
      let found = 0
      for (let l = the.sizes.K - 1; l >= 0; l--)
        found = f(found + f(the.inputs.weights.at(k, l) * the.inputs.b.at(l, o)))
      return found
    }),
  })),
  variation('federated.personalizedOptimum', 'adds the shares of both', (the) => {
    const { curvatures: h, centres: c } = the.inputs
    const weight = f(the.parameters.weight)
    return {
      models: change(the.right.models, (_, k, i) => {
        const both = f(h.at(k, i) + weight)
        const own = f(f(h.at(k, i) / both) * c.at(k, i))
        return f(own + f(f(weight / both) * f(the.right.mean.at(i))))
      }),
    }
  }),
  variation('federated.metaFirstOrder', 'gives −0 for 0', (the) => ({
    dw: change(the.right.dw, (g) => (g === 0 ? -0 : g)),
  })),
]
