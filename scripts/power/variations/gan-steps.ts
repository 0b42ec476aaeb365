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
  ]),
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
]
