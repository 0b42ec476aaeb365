import { describe, expect, it } from 'vitest'
import { asComparable, differences, isOfLastDigits, shown } from './compare.ts'

const report = (seconds: number, outcome: string, worstUtilization: number) =>
  asComparable(
    JSON.stringify({ seconds, digest: String(seconds), verdicts: [{ outcome, worstUtilization }] }),
  )

describe('two reports', () => {
  it('are the same but for times, and differ in nothing else unnoticed', () => {
    expect(differences(report(1, 'conforms', 0.5), report(2, 'conforms', 0.5))).toEqual([])
    const [found] = differences(report(1, 'conforms', 0.5), report(1, 'violates', 0.5))
    expect(shown(found!)).toBe('/verdicts/0/outcome: "conforms", "violates"')
    expect(differences({ a: [1] }, { a: [1, 2] })).toHaveLength(1)
  })

  it('may differ in the last digits of a utilization, which is told apart from more', () => {
    const [small] = differences(report(1, 'conforms', 0.5), report(1, 'conforms', 0.5 + 1e-9))
    const [large] = differences(report(1, 'conforms', 0.5), report(1, 'conforms', 0.5001))
    expect([isOfLastDigits(small!), isOfLastDigits(large!)]).toEqual([true, false])
    expect(isOfLastDigits({ path: '/floor/all', one: 0.5, other: 0.5 + 1e-12 })).toBe(false)
  })
})
