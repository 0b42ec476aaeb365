import { build } from '../../../reference/arithmetic/array.ts'
import { arithmetic, pairwise, single } from '../arithmetics.ts'
import { change } from '../arrays.ts'
import { evaluatedIn, type Variation, variation } from '../variation.ts'

const f = single

/** What generators, discriminators and their steps compute, written in other ways. */
export const players: readonly Variation[] = [
  ...evaluatedIn('adds up pairwise', arithmetic({ adding: pairwise(f) }), [
    'gan.generate',
    'gan.discriminatorSteps',
    'gan.generatorObjective',
    'gan.generatorObjectiveGradient',
    'gan.generatorStep',
    'gan.alternate',
    'gan.generatorLosses',
    'gan.nonSaturatingDivergence',
    'gan.nonSaturatingDivergenceGradient',
    'gan.fixedDiscriminatorGradient',
    'gan.payoffs',
    'gan.afterTraining',
    'gan.interpolate',
    'gan.latentArithmetic',
    'gan.probabilityValue',
    'gan.batchNorm',
    'gan.batchNormGradient',
    'gan.batchNormInferenceGradient',
  ]),
  variation('gan.sphericalInterpolate', 'by sines and an arc cosine', (the) => {
    const [a, b] = [the.inputs.start, the.inputs.end]
    const size = Math.hypot(...a.data) * Math.hypot(...b.data)
    const cosine = a.data.reduce((sum, x, j) => sum + x * b.at(j), 0) / size
    if (!(Math.abs(cosine) < 0.999)) return {}
    const omega = f(Math.acos(cosine))
    const w = (share: number) => f(f(Math.sin(f(share * omega))) / f(Math.sin(omega)))
    const last = the.right.noise.shape[0]! - 1
    return {
      noise: build(the.right.noise.shape, (l, j) =>
        f(f(w(1 - l / last) * a.at(j)) + f(w(l / last) * b.at(j))),
      ),
    }
  }),
  variation('gan.generate', 'begins sums with the biases', (the) => {
    const { noise, generatorHidden: U, generatorHiddenBias: a } = the.inputs
    const { generatorOutput: V, generatorOutputBias: c } = the.inputs
    const { M, Z, Hg, X } = the.sizes
    const from = (start: number, count: number, term: (i: number) => number) =>
      Array.from({ length: count }, (_, i) => i).reduce((sum, i) => f(sum + f(term(i))), start)
    const h = build([M, Hg], (m, i) =>
      f(Math.tanh(from(a.at(i), Z, (j) => noise.at(m, j) * U.at(j, i)))),
    )
    return { x: build([M, X], (m, j) => from(c.at(j), Hg, (i) => h.at(m, i) * V.at(i, j))) }
  }),
  variation('gan.discriminatorSteps', 'gives −0 for 0 in the generator', (the) => ({
    generatorOutput: change(the.right.generatorOutput, (w) => (w === 0 ? -0 : w)),
  })),
  variation('gan.schedule', 'gives −0 for the discriminator', (the) => ({
    players: change(the.right.players, (who) => (who === 0 ? -0 : who)),
  })),
  variation('gan.nonSaturatingDivergence', 'as twice KL of the mixture from the data', (the) => {
    const { theta, data } = the.inputs
    const top = Math.max(...theta.data)
    const scores = theta.data.map((v) => f(Math.exp(f(v - top))))
    const total = (values: readonly number[]) => values.reduce((sum, v) => f(sum + v), 0)
    const [all, weights] = [total(scores), total(data.data)]
    const terms = scores.map((e, n) => {
      const p = f(data.at(n) / weights)
      const m = f(f(p + f(e / all)) / 2)
      return f(m * f(Math.log(f(m / p))))
    })
    return { divergence: build([], () => f(2 * total(terms))) }
  }),
]
