import { expect, it } from 'vitest'
import { stream } from '../../conformance/arbitraries/random.ts'
import { countsOfModes, coveredModes, mixture, mixtureSamples } from './mixture.ts'

it('counts a point for the mode that it is within three deviations of, and no other', () => {
  const { radius, deviation } = mixture
  const inside = 2.9 * deviation
  const outside = 3.1 * deviation
  const points = [radius + inside, 0, 0, radius - inside, -radius, outside, 0, 0]
  expect(countsOfModes(points)).toEqual([1, 0, 1, 0, 0, 0, 0, 0])
})

it('covers a mode with a fortieth of all points', () => {
  expect(coveredModes([1, 2, 0, 0, 0, 0, 0, 37], 40)).toBe(3)
  expect(coveredModes([1, 2, 0, 0, 0, 0, 0, 37], 80)).toBe(2)
})

it('draws from all modes alike, and as near as a normal distribution has it', () => {
  const count = 40_000
  const counts = countsOfModes(mixtureSamples(stream(1, 'mixture'), count))
  // In the plane, all but e^(−9/2) of a mode are within three deviations. Five standard errors.
  const share = (1 - Math.exp(-4.5)) / 8
  const error = 5 * Math.sqrt((share * (1 - share)) / count)
  for (const each of counts) expect(Math.abs(each / count - share)).toBeLessThan(error)
})
