import { expect, it } from 'vitest'
import { bounded } from '../arithmetic/bounded.ts'
import { wgsl } from '../arithmetic/profile.ts'
import { shortTermShare } from './short-term-bias.ts'

const shader = bounded('float32', wgsl)
function contribution(s: number) {
  const asked = { weight: 0.375, steps: 9, last: 1 }
  return shortTermShare(shader, {}, asked).contributions!.data[s - 1]!
}

it('allows for a power function, which a shader has far less accurate than products', () => {
  // Seven products are off by seven roundings.
  const own = wgsl.power(0.375, 8, 0.375 ** 8, 2 ** -23)
  expect(own).toBeGreaterThan(7 * 2 ** -24 * 0.375 ** 8)
  expect(shader.error(contribution(1))).toBeGreaterThanOrEqual(own)
})

it('asks for no power function where there is nothing to multiply', () => {
  expect(
    [8, 9].map((s) => [shader.toNumber(contribution(s)), shader.error(contribution(s))]),
  ).toEqual([
    [0.375, 0],
    [1, 0],
  ])
})
