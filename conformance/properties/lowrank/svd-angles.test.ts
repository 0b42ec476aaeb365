import { describe, expect, it } from 'vitest'
import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import type { Bounded } from '../../../reference/arithmetic/bounded.ts'
import { profileNamed } from '../../../reference/arithmetic/profile.ts'
import { roundingsOfSvd } from '../../../reference/layers/svd-accuracy.ts'
import { svd as decompose } from '../../../reference/matrix.ts'
import { stream } from '../../arbitraries/random.ts'
import { angles } from './svd-angles.ts'
import { frobenius } from './svd-limits.ts'

type Matrix = NumberArray<number>

const diagonal = (m: number, n: number, ...values: readonly number[]) =>
  build([m, n], (i, j) => (i === j ? values[i]! : 0))

/** Judged in double precision, which is nothing beside the accuracy that is stated. */
const judging = (share: number) =>
  ({ precision: 'float64', profile: profileNamed(`randomized-svd:${share}`)! }) as const

/** The share of its bound that each sine of the vectors of one matrix uses up, beside those of another. */
function used(share: number, W: Matrix, moved: Matrix): readonly number[] {
  const { U, V } = decompose(moved)
  return angles<Bounded>(judging(share), W, { U, V }, decompose(W)).flatMap(
    ({ expected, actual }) =>
      expected.data.map(({ inherited }, l) => Math.abs(actual.data[l]!.value) / inherited),
  )
}

/** A matrix of so large a norm added to another one. */
function movedBy(W: Matrix, size: number, E: Matrix): Matrix {
  const norm = frobenius(E)
  return build(W.shape, (...at) => W.at(...at) + (size * E.at(...at)) / norm)
}

describe('the angles of leading vectors', () => {
  it.each([
    [3, 3],
    [7, 4],
    [4, 9],
    [6, 1],
  ])('stay within their bounds where a %d × %d matrix moves by what is stated', (m, n) => {
    const random = stream(11, 'angles')
    const drawn = () => build([m, n], () => random.unit() - 0.5)
    for (let trial = 0; trial < 100; trial++) {
      const [W, E] = [drawn(), drawn()]
      const share = 2 ** -(3 + (trial % 12))
      const shares = used(share, W, movedBy(W, share * frobenius(W), E))
      expect(Math.max(...shares)).toBeLessThanOrEqual(1)
    }
  })

  it('use up two thirds of them where two values are moved into each other', () => {
    const [W, share] = [diagonal(2, 2, 1, 0.9), 1e-4]
    const E = build([2, 2], (i, j) => (i === j ? 0 : 1))
    const shares = used(share, W, movedBy(W, share * frobenius(W), E))
    expect(Math.min(...shares)).toBeGreaterThan(0.66)
    expect(Math.max(...shares)).toBeLessThanOrEqual(1)
  })

  it('exceed them where vectors turn by more than the gap explains', () => {
    const [W, share] = [diagonal(2, 2, 1, 0.9), 1e-4]
    const E = build([2, 2], (i, j) => (i === j ? 0 : 1))
    expect(Math.min(...used(share, W, movedBy(W, 2 * share * frobenius(W), E)))).toBeGreaterThan(1)
  })
})

describe('nothing is said of vectors', () => {
  const limits = (W: Matrix, share = 1e-6) => {
    const { U, s, V } = decompose(W)
    return angles<Bounded>(judging(share), W, { U, V }, { U, s, V }).flatMap(({ expected }) =>
      expected.data.map(({ inherited }) => inherited),
    )
  }

  it.each([
    ['zeros', diagonal(3, 2, 0, 0)],
    ['equal values in a square', diagonal(2, 2, 1, 1)],
    ['a single number', diagonal(1, 1, 5)],
    ['values nearer to each other than the error', diagonal(2, 2, 1, 1 - 1e-7)],
  ])('of %s', (_, W) => {
    expect(limits(W).every((limit) => limit === Number.POSITIVE_INFINITY)).toBe(true)
  })

  it('but of equal values beside the zeros of the longer side', () => {
    const [limit, ...others] = limits(diagonal(3, 2, 1, 1))
    expect(others).toEqual([])
    // ε / (1 − ε) and √2 p, with ε = 1e-6 √2 and p what is rounded in double precision, of which ε and the gap hold some
    // more: 14 p and less.
    const [stated, p] = [1e-6 * Math.SQRT2, roundingsOfSvd(3, 2) * 2 ** -52]
    expect(limit).toBeGreaterThan(stated / (1 - stated))
    expect(limit).toBeLessThan(stated / (1 - stated) + 16 * p)
  })
})
