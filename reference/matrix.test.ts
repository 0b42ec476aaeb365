import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { build, fromData, sum } from './arithmetic/array.ts'
import { extended } from './arithmetic/extended.ts'
import { number } from './arithmetic/number.ts'
import { eigenvalues, inverse, type RealMatrix, solve, svd } from './matrix.ts'

type Extended = ReturnType<typeof extended.exact>

/** A matrix from its rows. */
const matrix = (...rows: readonly (readonly number[])[]): RealMatrix =>
  fromData([rows.length, rows[0]!.length], rows.flat())
const transpose = (A: RealMatrix) => build(A.shape.toReversed(), (i, j) => A.at(j!, i!))
const product = (A: RealMatrix, B: RealMatrix) =>
  build([A.shape[0]!, B.shape[1]!], (i, j) =>
    sum(number, [A.shape[1]!], (k) => A.at(i, k) * B.at(k, j)),
  )
const identity = (n: number) => build([n, n], (i, j) => (i === j ? 1 : 0))
const diagonal = (s: readonly number[]) =>
  build([s.length, s.length], (i, j) => (i === j ? s[i]! : 0))
const frobenius = (A: RealMatrix) => Math.hypot(...A.data)

/**
 * What a factorization of a matrix that is backward stable may be off: a few roundings for each row or
 * column, of its norm. LAPACK's own tests fail beyond 30 of them (LAPACK Working Note 41), these beyond 20.
 * Singular values, and eigenvalues of normal matrices, move by no more than that (Weyl).
 */
const stable = (A: RealMatrix) =>
  20 * Math.max(...A.shape) * 2 ** -53 * Math.max(frobenius(A), 2 ** -1000)

function expectNear(actual: RealMatrix, expected: RealMatrix, within = stable(expected)) {
  expect(actual.shape).toEqual(expected.shape)
  const off = actual.data.map((x, i) => x - expected.data[i]!)
  expect(Math.max(...off.map(Math.abs))).toBeLessThanOrEqual(within)
}

const anyMatrix = fc
  .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }))
  .chain(([m, n]) =>
    fc
      .array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: m * n, maxLength: m * n })
      .map((data) => fromData([m, n], data)),
  )

describe('svd', () => {
  test.each([
    // Worked by hand: the squares are the eigenvalues of WᵀW.
    ['a diagonal that is not in order', matrix([3, 0], [0, -4]), [4, 3]],
    ['a row', matrix([3, 4]), [5]],
    ['a column', matrix([3], [4]), [5]],
    ['more columns than rows', matrix([0, 2, 0], [1, 0, 0]), [2, 1]],
    ['rank one', matrix([1, 2], [2, 4]), [5, 0]],
    ['zeros', matrix([0, 0], [0, 0]), [0, 0]],
    // WᵀW = [[25, −15], [−15, 25]], whose eigenvalues are 25 ± 15.
    ['a full one', matrix([4, 0], [3, -5]), [Math.sqrt(40), Math.sqrt(10)]],
  ])('%s', (_, W, expected) => {
    const { s } = svd(W)
    expect(s).toHaveLength(expected.length)
    for (const [i, value] of s.entries()) {
      expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(stable(W))
    }
  })

  test('a subnormal matrix has orthonormal columns', () => {
    const { U, s } = svd(matrix([-(2 ** -1074)], [2 ** -1074]))
    expectNear(product(transpose(U), U), identity(1))
    expect(s).toEqual([2 ** -1074])
  })

  test('vectors to a value that is subnormal beside the largest are orthonormal', () => {
    const { U, V } = svd(matrix([0, 0, -(2 ** -40)], [2 ** -1071, -(2 ** -1074), 0]))
    expectNear(product(transpose(U), U), identity(2))
    expectNear(product(transpose(V), V), identity(2))
  })

  test.each([
    ['rank one but for rounding', (i: number, j: number) => 2 ** -i / (j + 1)],
    ['the same in single precision', (i: number, j: number) => Math.fround(2 ** -i / (j + 1))],
    ['rows that fall', (i: number, j: number) => 2 ** (-2 * i) * Math.sin((i + 1) * (j + 1))],
    ['of five kinds of rows', (i: number, j: number) => (i + j) % 5],
  ])('%s, of 31 × 28 and 28 × 31', (_, element) => {
    const W = build([31, 28], element)
    for (const A of [W, transpose(W)]) {
      const { U, s, V } = svd(A)
      expectNear(product(product(U, diagonal(s)), transpose(V)), A)
      expectNear(product(transpose(U), U), identity(28))
      expectNear(product(transpose(V), V), identity(28))
    }
  })

  test.prop([anyMatrix], { seed: 1, numRuns: 500 })(
    'any matrix is U diag(s) Vᵀ, with orthonormal columns and ordered values',
    (W) => {
      const [m, n] = W.shape as [number, number]
      const r = Math.min(m, n)
      const { U, s, V } = svd(W)
      expect([U.shape, s.length, V.shape]).toEqual([[m, r], r, [n, r]])
      expectNear(product(product(U, diagonal(s)), transpose(V)), W)
      expectNear(product(transpose(U), U), identity(r))
      expectNear(product(transpose(V), V), identity(r))
      expect(s.every((value, i) => value >= (s[i + 1] ?? 0))).toBe(true)
    },
  )
})

describe('svd in 64 digits', () => {
  const { exact, multiply, subtract, total } = extended
  const off = (value: Extended) => Math.abs(extended.toNumber(value))

  test.prop([anyMatrix], { seed: 2, numRuns: 60 })(
    'the product and the lengths of the vectors, without a rounding of their own, are within the bound',
    (W) => {
      const { U, s, V } = svd(W)
      const r = s.length
      const along = (A: RealMatrix, a: number, b: number) =>
        total(
          Array.from({ length: A.shape[0]! }, (_, i) =>
            multiply(exact(A.at(i, a)), exact(A.at(i, b))),
          ),
        )
      for (let a = 0; a < r; a++)
        for (let b = 0; b < r; b++)
          for (const A of [U, V])
            expect(off(subtract(along(A, a, b), exact(a === b ? 1 : 0)))).toBeLessThanOrEqual(
              stable(identity(Math.max(...W.shape))),
            )
      for (const [at, w] of W.data.entries()) {
        const [i, j] = [Math.floor(at / W.shape[1]!), at % W.shape[1]!]
        const product = total(
          s.map((value, l) =>
            multiply(multiply(exact(U.at(i, l)), exact(value)), exact(V.at(j, l))),
          ),
        )
        expect(off(subtract(product, exact(w)))).toBeLessThanOrEqual(stable(W))
      }
    },
  )
})

describe('eigenvalues', () => {
  test.each([
    ['of both signs', matrix([1, 2], [2, 1]), [3, -1]],
    ['elements of 0.6, yet one above 1', matrix([0.6, 0.6], [0.6, 0.6]), [1.2, 0]],
    ['the largest first', matrix([-2, 0], [0, 1]), [1, -2]],
    ['of equal modulus', matrix([0, 2], [2, 0]), [2, -2]],
    ['zeros', matrix([0, 0], [0, 0]), [0, 0]],
    ['one', matrix([-3]), [-3]],
    // The graph of a path of four: 2 cos(kπ / 5), the golden ratio and its inverse.
    [
      'a path of four',
      matrix([0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 1], [0, 0, 1, 0]),
      [
        (1 + Math.sqrt(5)) / 2,
        (Math.sqrt(5) - 1) / 2,
        (1 - Math.sqrt(5)) / 2,
        -(1 + Math.sqrt(5)) / 2,
      ],
    ],
  ])('%s', (_, A, expected) => {
    expect(eigenvalues(A)).toHaveLength(expected.length)
    for (const [i, value] of eigenvalues(A).entries()) {
      expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(stable(A))
    }
  })
  test.each([
    ['beyond the root of the largest number', 1e160],
    ['near the largest number', 2 ** 1020],
    ['below the least normal one', 2 ** -1060],
  ])('numbers %s are no harder', (_, size) => {
    const A = matrix([size, 2 * size], [2 * size, size])
    const [first, second] = eigenvalues(A)
    // Ten of the least numbers are more than rounding where numbers are subnormal.
    const within = 2 ** -50 * 3 * size + 10 * 2 ** -1074
    expect(Math.abs(first! - 3 * size)).toBeLessThanOrEqual(within)
    expect(Math.abs(second! + size)).toBeLessThanOrEqual(within)
  })
  test('of a matrix that is not symmetric are refused', () => {
    expect(() => eigenvalues(matrix([0, -1], [1, 0]))).toThrow(/not symmetric/)
  })
})

describe('inverse', () => {
  test('of [[1, 2], [3, 5]] is [[−5, 2], [3, −1]]', () => {
    expectNear(inverse(matrix([1, 2], [3, 5])), matrix([-5, 2], [3, -1]))
  })
  test('of a singular matrix there is none', () => {
    const singular = 'the matrix is singular'
    expect(() => inverse(matrix([1, 2], [2, 4]))).toThrow(singular)
    expect(() => inverse(matrix([0, 0], [0, 0]))).toThrow(singular)
  })
  test.each([2 ** 60, 2 ** -60])('of numbers near %s there is one or none as of others', (size) => {
    const A = matrix([size, 2 * size], [3 * size, 5 * size])
    const right = matrix([-5, 2], [3, -1]).data.map((x) => x / size)
    expectNear(inverse(A), fromData([2, 2], right))
    expect(() => inverse(matrix([size, 0], [0, size * 2 ** -52]))).toThrow('the matrix is singular')
  })
})

describe('solve', () => {
  test('a square system, two right sides at once', () => {
    // x + y = 3, x − y = 1, and the same with 0 and 2.
    const A = matrix([1, 1], [1, -1])
    expectNear(solve(A, matrix([3, 0], [1, 2])), matrix([2, 1], [1, -1]))
  })
  test('least squares', () => {
    const A = matrix([1, 0], [0, 1], [1, 1])
    expectNear(solve(A, matrix([1], [2], [4])), matrix([4 / 3], [7 / 3]))
  })
  test.each([
    ['dependent columns', matrix([1, 2], [2, 4]), matrix([1], [2]), /dependent/],
    ['dependent columns, tall', matrix([1, 2], [2, 4], [3, 6]), matrix([1], [2], [3]), /dependent/],
    [
      // Of eight rows and a norm of 1, 8 · 2^-52 may be rounding.
      'columns that are dependent but for rounding',
      build([8, 2], (i, j) => (i === j ? 2 ** (-50 * j) : 0)),
      build([8, 1], () => 1),
      /dependent/,
    ],
    ['more unknowns than equations', matrix([1, 2]), matrix([1]), /1 equations for 2 unknowns/],
    ['another number of right sides', matrix([1], [2]), matrix([1]), /1 right sides for 2/],
  ])('refuses %s', (_, A, b, message) => {
    expect(() => solve(A, b)).toThrow(message)
  })
})

describe('every function', () => {
  const A = matrix([2, 1], [1, 3])
  const functions = { svd, eigenvalues, inverse, solve: (M: RealMatrix) => solve(M, A) }

  test.each(Object.entries(functions))('%s leaves its argument as it is', (_, compute) => {
    const before = [...A.data]
    compute(A)
    expect(A.data).toEqual(before)
  })
  test.each(Object.entries(functions))('%s refuses NaN, and what is no matrix', (_, compute) => {
    expect(() => compute(matrix([Number.NaN, 1], [1, 2]))).toThrow(/not finite/)
    expect(() => compute(fromData([2], [1, 2]))).toThrow(/\[2\] is no matrix/)
    expect(() => compute(fromData([0, 2], []))).toThrow(/\[0, 2\] is no matrix/)
    expect(() => compute(fromData([2, 0], []))).toThrow(/\[2, 0\] is no matrix/)
    expect(() => compute(fromData([1, 1, 1], [1]))).toThrow(/\[1, 1, 1\] is no matrix/)
  })
  test('the square ones say that a matrix is not square', () => {
    expect(() => eigenvalues(matrix([1, 2]))).toThrow(/1 × 2 is not square/)
    expect(() => inverse(matrix([1, 2]))).toThrow(/1 × 2 is not square/)
  })
})
