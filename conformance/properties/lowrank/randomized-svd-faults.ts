import { build, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { randomizedSvd as reference } from '../../../reference/lowrank/randomized-svd.ts'
import { randomizedSvd } from '../../../spec/lowrank/randomized-svd.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

type Matrix = NumberArray<number>

const wrong = faultsOf(randomizedSvd, reference)

export const firstColumns = wrong.inputs(
  'takes the first columns of the matrix instead of images of the test vectors',
  ({ test }) => ({ test: build(test.shape, (j, l) => (j === l ? 1 : 0)) }),
)

export const bestVectors = wrong.answer(
  'gives the leading vectors of the full decomposition, whatever the test matrix is',
  ({ inputs, right }) => right(inputs, { powers: 10 }),
)

export const noPowers = wrong.parameters('knows no powers', () => ({ powers: 0 }))

export const oneMorePower = wrong.parameters('counts powers from one on', ({ powers }) => ({
  powers: Math.min(10, powers + 1),
}))

export const ofImages = wrong.outputs(
  'gives the lengths of what the matrix makes of the test vectors for the singular values',
  ({ S }, { inputs: { weights, test } }) => {
    const lengths = Array.from(S.data, (_, l) => {
      const image = (i: number) =>
        sum(number, [test.shape[0]!], (j) => weights.at(i, j!) * test.at(j!, l))
      return Math.hypot(...Array.from({ length: weights.shape[0]! }, (_, i) => image(i)))
    }).sort((a, b) => b - a)
    return { S: changed(S, (_, l) => lengths[l]!) }
  },
)

export const rawImages = wrong.outputs(
  'gives the images of the test vectors for the left ones, of length 1 and not orthogonal',
  ({ U }, { inputs: { weights, test } }) => {
    const image = (i: number, l: number) =>
      sum(number, [test.shape[0]!], (j) => weights.at(i, j!) * test.at(j!, l))
    const length = (l: number) =>
      Math.hypot(...Array.from({ length: U.shape[0]! }, (_, i) => image(i, l)))
    return {
      U: build(U.shape, (i, l) => (length(l) > 0 ? image(i, l) / length(l) : U.at(i, l))),
    }
  },
)

export const ascending = wrong.outputs('gives the smallest value first', ({ U, S, V }) => {
  const turned = (A: Matrix) =>
    build(A.shape, (...at) => A.at(...at.with(-1, S.data.length - 1 - at.at(-1)!)))
  return { U: turned(U), S: turned(S), V: turned(V) }
})

export const otherBasis = wrong.outputs(
  'does not turn the sampled basis by the vectors of the small matrix',
  ({ U }) => {
    const R = U.shape[1]!
    if (R < 2) return {}
    // Any rotation of two of the columns is a basis of the same space.
    return {
      U: build(U.shape, (i, l) => {
        if (l === 0) return 0.6 * U.at(i, 0) + 0.8 * U.at(i, 1)
        return l === 1 ? 0.6 * U.at(i, 1) - 0.8 * U.at(i, 0) : U.at(i, l)
      }),
    }
  },
)

export const zeroVectors = wrong.outputs('gives no left vectors to values of 0', ({ U, S }) => ({
  U: build(U.shape, (i, l) => (S.at(l) > 2 ** -20 * S.at(0) ? U.at(i, l) : 0)),
}))

export const fewDigits = wrong.outputs('computes values with ten bits', ({ S }) => ({
  S: changed(S, (s) => s * (1 + 2 ** -11)),
}))
