import { describe, expect, it } from 'vitest'
import { fromData } from '../arithmetic/array.ts'
import { number } from '../arithmetic/number.ts'
import { eliminate, factorize, invert } from './weight-decay-solvers.ts'

const square = (...rows: readonly (readonly number[])[]) =>
  fromData([rows.length, rows.length], rows.flat())
const vector = (...data: readonly number[]) => fromData([data.length], data)

describe('M w = b', () => {
  // M = L Lᵀ of L = [1 0 0; 2 1 0; 3 4 2], and b = M (1, −1, 2): no step of these rounds.
  const M = square([1, 2, 3], [2, 5, 10], [3, 10, 29])
  const b = vector(5, 17, 51)

  it.each([
    ['elimination', eliminate],
    ["Cholesky's factors", factorize],
    ['the inverse matrix', invert],
  ])('is solved by %s', (_, solve) => {
    expect(solve(number, M, b).data).toEqual([1, -1, 2])
  })

  it('is solved with exchanges where an equation lacks the unknown that is its own', () => {
    // The second comes first, then the third: 4 w₀ = 4, 4 w₁ − 2 w₂ = 2, 2 w₂ = 6.
    const equations = square([0, 2, 1], [4, 0, 0], [2, 4, -2])
    const { data } = eliminate(number, equations, vector(7, 4, 4), { exchanges: true })
    expect(data).toEqual([1, 2, 3])
  })
})
