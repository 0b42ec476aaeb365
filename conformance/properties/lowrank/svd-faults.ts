import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { svd as reference } from '../../../reference/lowrank/svd.ts'
import { svd } from '../../../spec/lowrank/svd.ts'
import { changed, part } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(svd, reference)

export const transposesRight = wrong.outputs(
  'gives the transpose of the right vectors',
  ({ V }, { sizes: { W, R } }) => ({
    V: W === R ? build(V.shape, (j, l) => V.at(l, j)) : V,
  }),
)

export const ascending = wrong.outputs('gives the smallest value first', ({ U, S, V }) => {
  const turned = <A extends typeof U>(A: A) =>
    build(A.shape, (...at) => A.at(...at.with(-1, S.data.length - 1 - at.at(-1)!)))
  return { U: turned(U), S: turned(S), V: turned(V) }
})

export const negative = wrong.outputs(
  'has a negative value, and turns its left vector for it',
  ({ U, S }) => {
    const last = S.data.length - 1
    return {
      U: build(U.shape, (i, l) => (l === last ? -U.at(i, l) : U.at(i, l))),
      S: changed(S, (s, l) => (l === last ? -s : s)),
    }
  },
)

export const keepsLengths = wrong.outputs(
  'gives left vectors as long as their values, and values of 1',
  ({ U, S }) => ({
    U: build(U.shape, (i, l) => U.at(i, l) * S.at(l)),
    S: changed(S, () => 1),
  }),
)

export const zeroVectors = wrong.outputs('gives no left vectors to values of 0', ({ U, S }) => ({
  U: build(U.shape, (i, l) => (S.at(l) > 2 ** -20 * S.at(0) ? U.at(i, l) : 0)),
}))

export const rootsOfSquares = wrong.outputs(
  'takes the roots of the eigenvalues of WᵀW in single precision',
  ({ S }) => ({
    S: changed(S, (s) => Math.sqrt(s * s + 2 ** -24 * S.at(0) ** 2)),
  }),
)

export const fewDigits = wrong.outputs('computes with ten bits', ({ S }) => ({
  S: changed(S, (s) => s * (1 + 2 ** -11)),
}))

export const firstColumns = wrong.answer(
  'decomposes the square part of a wide matrix',
  ({ inputs, parameters, right, sizes: { H, W } }) => {
    if (W! <= H!) return right(inputs, parameters)
    const { U, S, V } = right({ weights: part(inputs.weights, [H!, H!]) }, parameters)
    return { U, S, V: build([W!, H!], (j, l) => (j < H! ? V.at(j, l) : 0)) }
  },
)

export const overflows = wrong.outputs('squares numbers without scaling them', ({ S }) => ({
  S: changed(S, (s) => Math.sqrt(Math.fround(s * s))),
}))

export const mixesVectors = wrong.outputs(
  'sorts the values and the left vectors alone',
  ({ V }, { sizes: { R } }) => ({
    V: build(V.shape, (j, l) => V.at(j, R! - 1 - l)),
  }),
)

export const noisyVectors = wrong.outputs(
  'divides images of the right vectors by values that hardly exceed a rounding',
  ({ U, S }) => {
    const lengthOf = (l: number) => Math.hypot(1, noise(l))
    const noise = (l: number) => (S.at(l) > 0 ? Math.min(1, (2 ** -22 * S.at(0)) / S.at(l)) : 0)
    return {
      U: build(U.shape, (i, l) =>
        l === 0 ? U.at(i, l) : (U.at(i, l) + noise(l) * U.at(i, 0)) / lengthOf(l),
      ),
    }
  },
)

/** The first two vectors, turned into each other by a small angle. */
const turned = (X: NumberArray<number>) => {
  const [c, s] = [Math.sqrt(1 - turn ** 2), turn]
  if (X.shape[1]! < 2) return X
  return build(X.shape, (i, l) => {
    if (l > 1) return X.at(i, l)
    return l === 0 ? c * X.at(i, 0) - s * X.at(i, 1) : s * X.at(i, 0) + c * X.at(i, 1)
  })
}
const turn = 2 ** -6

export const turnsLeft = wrong.outputs(
  'turns the first two left vectors into each other by 2^-6',
  ({ U }) => ({ U: turned(U) }),
)

export const turnsRight = wrong.outputs(
  'turns the first two right vectors into each other by 2^-6',
  ({ V }) => ({ V: turned(V) }),
)

export const turnsBoth = wrong.outputs(
  'turns the first two vectors of either side into each other by 2^-6',
  ({ U, V }) => ({ U: turned(U), V: turned(V) }),
)
