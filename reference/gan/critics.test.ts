import { expect, test } from 'vitest'
import { fromData } from '../arithmetic/array.ts'
import { number } from '../arithmetic/number.ts'
import { nearly } from '../arithmetic/roundings.ts'
import { clippedCritic, criticSlopes, slopeBound } from './wgan-lipschitz.ts'
import {
  gradientPenalty,
  gradientPenaltyGradient,
  penalizedCritic,
  penaltyPoints,
} from './wgan-penalty.ts'

const of = (shape: readonly number[], ...data: readonly number[]) => fromData(shape, data)

/** A critic of one hidden unit. */
const critic = (W: number, v: number, b = 0) => ({
  discriminatorHidden: of([1, 1], W),
  discriminatorHiddenBias: of([1], b),
  discriminatorOutput: of([1], v),
  discriminatorOutputBias: of([], 0),
})

test('what a critic gives, and how steep it can be', () => {
  const { values, slopes } = criticSlopes(number, { ...critic(2, 3, 1), x: of([1, 1], 1) }, {})
  expect([values.data, slopes.data]).toEqual([[9], [6]])
  const { bound } = slopeBound(number, {}, { widths: [2, 8, 1], limit: 0.5 })
  expect(bound.at()).toEqual(nearly(Math.sqrt(8)))
})

test('a step that is clipped', () => {
  const batch = { real: of([1, 1, 1], 1), generated: of([1, 1, 1], 0) }
  const after = clippedCritic(number, { ...critic(1, 2), ...batch }, { rate: 1, limit: 2.5 })
  expect([after.discriminatorHidden.data, after.discriminatorOutput.data]).toEqual([[2.5], [2.5]])
})

test('points between samples, and what slopes there cost', () => {
  const one = [1, 1, 1, 1]
  const between = { real: of(one, 4), generated: of(one, 0), mix: of([1], 0.25) }
  expect(penaltyPoints(number, between, {}).x.data).toEqual([1])
  const slopes = of([2, 1, 1, 2], 3, 4, 0, 0)
  expect(gradientPenalty(number, { slopes }, { weight: 2 }).penalty.at()).toBe(17)
  const asked = { slopes: of([1, 1, 1, 2], 3, 4), dPenalty: of([], 5) }
  const { dSlopes } = gradientPenaltyGradient(number, asked, { weight: 0.5 })
  expect(dSlopes.data).toEqual([nearly(12), nearly(16)])
})

test('a step with a penalty', () => {
  const batch = { real: of([1, 1, 1], 1), generated: of([1, 1, 1], 1), mix: of([1, 1], 0.5) }
  const given = { rate: 0.5, weight: 0.5 }
  const after = penalizedCritic(number, { ...critic(2, 1), ...batch }, given)
  expect([after.discriminatorHidden.data, after.discriminatorOutput.data]).toEqual([[1.5], [0]])
})
