import { expect, it } from 'vitest'
import { stream } from '../../conformance/arbitraries/random.ts'
import { gamma } from './gamma.ts'

const count = 20_000

it.each([0.1, 1, 5])('has the mean and the variance %d of its shape', (shape) => {
  const random = stream(1, 'gamma')
  const draws = Array.from({ length: count }, () => gamma(random, shape))
  const moment = (of: (x: number) => number) => draws.reduce((sum, x) => sum + of(x), 0) / count
  // Five standard errors: a mean has the variance α / n, and a square about it 3α² + 6α less α².
  const ofMean = 5 * Math.sqrt(shape / count)
  const ofVariance = 5 * Math.sqrt((2 * shape ** 2 + 6 * shape) / count)
  expect(Math.abs(moment((x) => x) - shape)).toBeLessThan(ofMean)
  expect(Math.abs(moment((x) => (x - shape) ** 2) - shape)).toBeLessThan(ofVariance)
})
