import { describe, expect, it } from 'vitest'
import { about, range, rounded } from './worked.ts'

describe('a number as it is printed', () => {
  it.each([
    ['569e6', 1e6],
    ['16.6e9', 1e8],
    ['0.0569', 1e-4],
    ['-1.39', 0.01],
    ['2.30', 0.01],
    ['-4.54e-5', 1e-7],
    ['7', 1],
  ])('is right within a unit of its last digit: %s', (digits, unit) => {
    expect(about(digits)).toEqual({ printed: Number(digits), unit })
    expect(rounded(digits)).toEqual({ printed: Number(digits), unit: unit / 2 })
  })

  it.each(['', '-', '1e', '1.', '.5', 'ln 2', 'NaN', '1,000'])('is decimal: not %j', (digits) => {
    expect(() => about(digits)).toThrow('not a decimal number')
  })

  it('may be any between two that are printed', () => {
    expect(range(0.5, 1)).toEqual({ printed: 0.75, unit: 0.25 })
  })
})
