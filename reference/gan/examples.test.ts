import { expect, test } from 'vitest'
import { fromData } from '../arithmetic/array.ts'
import { number } from '../arithmetic/number.ts'
import { discriminatorProbability } from './discriminator-probability.ts'
import { jensenShannon } from './jsd-equivalence.ts'
import { bestReplies } from './minimax.ts'
import { optimalDiscriminator } from './optimal-discriminator.ts'
import { expectedValue, expectedValueGradient, value, valueGradient } from './value-function.ts'

const of = (shape: readonly number[], ...data: readonly number[]) => fromData(shape, data)

test('no opinion, and odds of three to one', () => {
  const { probability, complement } = discriminatorProbability(
    number,
    { logits: of([2], 0, Math.log(3)) },
    {},
  )
  expect(probability.data).toEqual([0.5, expect.closeTo(0.75, 12)])
  expect(complement.data).toEqual([0.5, expect.closeTo(0.25, 12)])
})

test('a value on batches and on points, and its gradients', () => {
  const right = Math.log(3 / 8) / 2 - Math.LN2
  const batches = { real: of([2], 0, Math.log(3)), generated: of([1], 0) }
  expect(value(number, batches, {}).value.at()).toBeCloseTo(right, 12)
  const points = { logits: of([2], 0, Math.log(3)), data: of([2], 1, 1), generated: of([2], 1, 0) }
  expect(expectedValue(number, points, {}).value.at()).toBeCloseTo(right, 12)

  const undecided = { real: of([2], 0, 0), generated: of([1], 0), dValue: of([], 4) }
  const { dReal, dGenerated } = valueGradient(number, undecided, {})
  expect([dReal.data, dGenerated.data]).toEqual([[1, 1], [-2]])
  const zeros = { ...points, logits: of([2], 0, 0), dValue: of([], 4) }
  expect(expectedValueGradient(number, zeros, {}).dLogits.data).toEqual([-1, 1])
})

test('the best discriminator, the divergence, and both best replies', () => {
  const given = { data: of([2], 0.5, 0.5), generated: of([2], 1, 0) }
  const largest = Math.log(4 / 27) / 2
  const { probability, value } = optimalDiscriminator(number, given, {})
  expect(probability.data).toEqual([expect.closeTo(1 / 3, 12), 1])
  expect(value.at()).toBeCloseTo(largest, 12)
  const { divergence } = jensenShannon(number, given, {})
  expect(divergence.at()).toBeCloseTo(Math.log(64 / 27) / 4, 12)
  const replies = bestReplies(number, { ...given, logits: of([2], Math.log(3), 0) }, {})
  expect(replies.least.at()).toBeCloseTo(Math.log(3 / 8) / 2 - Math.log(4), 12)
  expect(replies.largest.at()).toBeCloseTo(largest, 12)
})
