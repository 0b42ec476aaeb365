import { describe, expect, it } from 'vitest'
import { stream } from '../../conformance/arbitraries/random.ts'
import { addingSequences, inputs, varianceOfSums } from './adding.ts'

const [steps, count] = [7, 2000]
const { x, sums } = addingSequences(stream(1, 'sequences'), steps, count)
const numberAt = (t: number, n: number) => x[(t * count + n) * inputs]!
const isMarked = (t: number, n: number) => x[(t * count + n) * inputs + 1] === 1
const marksOf = (n: number) =>
  Array.from({ length: steps }, (_, t) => t).filter((t) => isMarked(t, n))

describe('sequences of the adding problem', () => {
  it('have one mark in each half, at every place of it', () => {
    const all = sums.map((_, n) => n)
    const marks = Array.from(all, marksOf)
    for (const each of marks) expect(each).toHaveLength(2)
    expect(new Set(marks.map(([first]) => first))).toEqual(new Set([0, 1, 2]))
    expect(new Set(marks.map(([, second]) => second))).toEqual(new Set([3, 4, 5, 6]))
  })

  it('ask for the sum of the numbers that are marked', () => {
    for (const [n, sum] of sums.entries()) {
      const [first, second] = marksOf(n) as [number, number]
      expect(sum).toBe(Math.fround(numberAt(first, n) + numberAt(second, n)))
    }
  })

  it('have sums of the variance that is said of them', () => {
    const variance = sums.reduce((sum, y) => sum + (y - 1) ** 2, 0) / count
    // The fourth moment of the sum less 1 is 1/15, so that the square deviates by √(1/15 − 1/36) < 0.2.
    const deviations = 6
    expect(Math.abs(variance - varianceOfSums)).toBeLessThanOrEqual(
      (deviations * 0.2) / Math.sqrt(count),
    )
  })
})
