import { expect, test } from 'vitest'
import { fromData } from '../arithmetic/array.ts'
import { bounded } from '../arithmetic/bounded.ts'
import { number } from '../arithmetic/number.ts'
import { ieee } from '../arithmetic/profile.ts'
import { nearly } from '../arithmetic/roundings.ts'
import {
  batchNorm,
  batchNormGradient,
  batchNormInference,
  batchNormInferenceGradient,
} from './batch-norm.ts'
import { sphericalInterpolate } from './latent-spherical.ts'
import { probabilityValue } from './value-of-probabilities.ts'

const of = (shape: readonly number[], ...data: readonly number[]) => fromData(shape, data)
const images = [2, 1, 1, 1]

test('a batch that is normalized, and its slopes', () => {
  const channel = { gamma: of([1], 2), beta: of([1], 5) }
  const kept = { runningMean: of([1], 0), runningVariance: of([1], 0) }
  const settings = { epsilon: 3, momentum: 0, divisor: 'n' } as const
  const x = of(images, 1, 3)
  const { y, mean, variance } = batchNorm(number, { x, ...channel, ...kept }, settings)
  expect([y.data, mean.data, variance.data]).toEqual([[4, 6], [2], [1]])
  const asked = { x, gamma: channel.gamma, dy: of(images, 4, 0) }
  const { dx, dGamma, dBeta } = batchNormGradient(number, asked, settings)
  expect([dx.data, dGamma.data, dBeta.data]).toEqual([[1.5, -1.5], [-2], [4]])
})

test('an image that is normalized by what was kept, and its slopes', () => {
  const one = [1, 1, 1, 1]
  const kept = { mean: of([1], 3), variance: of([1], 1) }
  const given = { x: of(one, 1), gamma: of([1], 2), ...kept }
  const { y } = batchNormInference(number, { ...given, beta: of([1], 5) }, { epsilon: 3 })
  expect(y.data).toEqual([3])
  const asked = { ...given, dy: of(one, 4) }
  const { dx, dGamma, dBeta } = batchNormInferenceGradient(number, asked, { epsilon: 3 })
  expect([dx.data, dGamma.data, dBeta.data]).toEqual([[4], [-4], [4]])
})

test('a right angle, halved once', () => {
  const ends = { start: of([2], 1, 0), end: of([2], 0, 1) }
  const { noise } = sphericalInterpolate(number, ends, { halvings: 1 })
  const half = nearly(Math.SQRT1_2)
  expect(noise.data).toEqual([1, 0, half, half, 0, 1])
})

test('a probability that is cut off', () => {
  const batches = { real: of([1], 0), generated: of([1], 0.5) }
  const found = probabilityValue(number, batches, { cut: 'logarithms' })
  expect(found.value.at()).toEqual(nearly(-100 - Math.LN2))
  expect([found.realSlopes.data, found.generatedSlopes.data]).toEqual([[0], [-2]])
})

test('what is left of 1 where a probability is cut off may be a step of single precision', () => {
  const float32 = bounded('float32', ieee)
  const held = (x: number) => fromData([1], [float32.exact(x)])
  const batches = { real: held(0.5), generated: held(1) }
  const { onGenerated } = probabilityValue(float32, batches, { cut: 'probabilities' })
  const { error, toNumber } = float32
  // 1 − (1 − ε) of ε = 10⁻⁷ is 2⁻²³ there, of which code that cuts off before it subtracts takes the logarithm.
  const rounded = Math.log(1 - Math.fround(1 - 1e-7))
  expect(rounded).toBe(Math.log(2 ** -23))
  for (const right of [Math.log(1e-7), rounded]) {
    expect(Math.abs(right - toNumber(onGenerated!.at()))).toBeLessThanOrEqual(
      error(onGenerated!.at()),
    )
  }
})
