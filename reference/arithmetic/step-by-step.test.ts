import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { roundTo } from './precision.ts'
import { nearest, stepByStep, towardsZero } from './step-by-step.ts'

const numbers = fc.double({ min: -1e4, max: 1e4, noNaN: true }).filter((x) => Math.abs(x) > 1e-3)

it('numbers of 8, 11 and 24 digits are the nearest of bfloat16, float16 and float32', () => {
  fc.assert(
    fc.property(numbers, (x) => {
      const held = Math.fround(x)
      expect(nearest(8)(held)).toBe(roundTo('bfloat16', held))
      expect(nearest(11)(held)).toBe(roundTo('float16', held))
      expect(nearest(24)(x)).toBe(held)
    }),
  )
})

it('a number that is cut is not further from zero, and less than a step away', () => {
  fc.assert(
    fc.property(numbers, fc.constantFrom(8, 11, 24), (x, digits) => {
      const cut = towardsZero(digits)(x)
      const step = 2 ** (Math.floor(Math.log2(Math.abs(x))) - digits + 1)
      expect(Math.sign(cut) * Math.sign(x)).toBe(1)
      expect(Math.abs(cut)).toBeLessThanOrEqual(Math.abs(x))
      expect(Math.abs(x) - Math.abs(cut)).toBeLessThan(step)
    }),
  )
})

it('a sum is rounded after each addition, in the order that is asked for', () => {
  // In steps of 2 from 2^24 on: 1 is lost one at a time, and counts where ones are added first.
  const terms = [2 ** 24, 1, 1]
  const sum = (order: 'forwards' | 'backwards' | 'pairwise' | 'compensated') =>
    stepByStep({ sum: Math.fround, order }).total(terms)
  expect(sum('forwards')).toBe(2 ** 24)
  expect(sum('backwards')).toBe(2 ** 24 + 2)
  expect(sum('pairwise')).toBe(2 ** 24 + 2)
  expect(sum('compensated')).toBe(2 ** 24 + 2)
  const lanes = stepByStep({ sum: Math.fround, order: 'in eight lanes' })
  expect(lanes.total([2 ** 24, 0, 0, 0, 1, 1])).toBe(2 ** 24 + 2)
})

it('a product is rounded, or fused with the addition', () => {
  const [x, y] = [1 + 2 ** -12, 1 + 2 ** -12]
  const apart = stepByStep({ product: Math.fround, sum: Math.fround })
  const fused = stepByStep({ sum: Math.fround })
  expect(apart.add(apart.multiply(x, y), -1)).toBe(2 ** -11)
  expect(fused.add(fused.multiply(x, y), -1)).toBe(2 ** -11 + 2 ** -24)
})
