import { build } from '../../../reference/arithmetic/array.ts'
import { arithmetic, pairwise, single } from '../arithmetics.ts'
import { change } from '../arrays.ts'
import { evaluatedIn, type Variation, variation } from '../variation.ts'

const f = single

/** Small games of two players, as they are written elsewhere. */
export const games: readonly Variation[] = [
  variation(
    'gan.bilinearGame',
    'as products with a matrix, and steps that are rounded once',
    (the) => {
      const { rate, steps, order } = the.parameters
      const x: number[][] = []
      const y: number[][] = []
      let [xt, yt] = [the.inputs.x.data, the.inputs.y.data]
      for (let t = 0; t < steps; t++) {
        const moved = xt.map((v, i) => f(v - f(rate) * yt[i]!))
        const answered = order === 'alternating' ? moved : xt
        yt = yt.map((v, i) => f(v + f(rate) * answered[i]!))
        xt = moved
        x.push([...xt])
        y.push([...yt])
      }
      return {
        x: build(the.right.x.shape, (t, i) => x[t]![i]!),
        y: build(the.right.y.shape, (t, i) => y[t]![i]!),
      }
    },
  ),
  variation('gan.pointDivergences', 'gives −0 for 0', (the) => ({
    wasserstein: change(the.right.wasserstein, (v) => (v === 0 ? -0 : v)),
    slope: change(the.right.slope, (v) => (v === 0 ? -0 : v)),
  })),
  variation('gan.diracLosses', 'as logarithms of 1 and an exponential, without a case', (the) => ({
    nonSaturating: build(the.right.nonSaturating.shape, (n) => {
      const a = f(the.inputs.psi.at(n) * the.inputs.theta.at(n))
      return a > 0 ? f(Math.log1p(f(Math.exp(-a)))) : f(f(Math.log1p(f(Math.exp(a)))) - a)
    }),
  })),
  variation('gan.diracStability', 'with the root of the difference of squares', (the) => ({
    largestRate: build(the.right.largestRate.shape, (n) => {
      const gamma = the.inputs.penalty.at(n)
      if (gamma <= 1) return f(4 * gamma)
      return f(4 / f(gamma + f(Math.sqrt(f(f(gamma - 1) * f(gamma + 1))))))
    }),
  })),
  variation('gan.distributionDescent', 'as exponentials of logarithms', (the) => {
    const { rate, steps } = the.parameters
    const share = (masses: readonly number[]) => {
      const whole = masses.reduce((sum, v) => f(sum + v), 0)
      return masses.map((v) => f(v / whole))
    }
    const p = share(the.inputs.data.data)
    let q = share(the.inputs.start.data)
    const after = Array.from({ length: steps }, () => {
      const slopes = q.map((v, x) => f(f(rate) * f(Math.log(f(f(p[x]! + v) / v)))))
      q = share(q.map((v, x) => f(v * f(Math.exp(slopes[x]!)))))
      return q
    })
    return { generated: build(the.right.generated.shape, (t, x) => after[t]![x]!) }
  }),
  ...evaluatedIn('adds up pairwise', arithmetic({ adding: pairwise(f) }), [
    'gan.bilinearGame',
    'gan.distributionDescent',
    'gan.diracSteps',
    'gan.diracStability',
  ]),
]
