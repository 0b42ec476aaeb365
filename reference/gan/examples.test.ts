import { expect, test } from 'vitest'
import { fromData } from '../arithmetic/array.ts'
import { number } from '../arithmetic/number.ts'
import { nearly } from '../arithmetic/roundings.ts'
import { conditionalDivergence, conditionalValue } from './class-conditional.ts'
import { binaryCrossEntropy, binaryCrossEntropyGradient } from './cross-entropy.ts'
import { discriminatorProbability } from './discriminator-probability.ts'
import { jensenShannon } from './jsd-equivalence.ts'
import { smoothedDiscriminator, smoothedValue, smoothedValueGradient } from './label-smoothing.ts'
import { bestReplies } from './minimax.ts'
import { optimalDiscriminator } from './optimal-discriminator.ts'
import { pushforward } from './pushforward.ts'
import { expectedValue, expectedValueGradient, value, valueGradient } from './value-function.ts'

const of = (shape: readonly number[], ...data: readonly number[]) => fromData(shape, data)

test('no opinion, and odds of three to one', () => {
  const { probability, complement } = discriminatorProbability(
    number,
    { logits: of([2], 0, Math.log(3)) },
    {},
  )
  expect(probability.data).toEqual([0.5, nearly(0.75)])
  expect(complement.data).toEqual([0.5, nearly(0.25)])
})

test('a value on batches and on points, and its gradients', () => {
  const right = Math.log(3 / 8) / 2 - Math.LN2
  const batches = { real: of([2], 0, Math.log(3)), generated: of([1], 0) }
  expect(value(number, batches, {}).value.at()).toEqual(nearly(right))
  const points = { logits: of([2], 0, Math.log(3)), data: of([2], 1, 1), generated: of([2], 1, 0) }
  expect(expectedValue(number, points, {}).value.at()).toEqual(nearly(right))

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
  expect(probability.data).toEqual([nearly(1 / 3), 1])
  expect(value.at()).toEqual(nearly(largest))
  const { divergence } = jensenShannon(number, given, {})
  expect(divergence.at()).toEqual(nearly(Math.log(64 / 27) / 4))
  const replies = bestReplies(number, { ...given, logits: of([2], Math.log(3), 0) }, {})
  expect(replies.least.at()).toEqual(nearly(Math.log(3 / 8) / 2 - Math.log(4)))
  expect(replies.largest.at()).toEqual(nearly(largest))
})

test('a binary cross-entropy, and its slopes', () => {
  const given = { logits: of([2], 0, Math.log(3)), targets: of([2], 1, 0) }
  const { loss } = binaryCrossEntropy(number, given, {})
  expect(loss.at()).toEqual(nearly((Math.log(2) + Math.log(4)) / 2))
  const undecided = { ...given, logits: of([2], 0, 0), dLoss: of([], 4) }
  expect(binaryCrossEntropyGradient(number, undecided, {}).dLogits.data).toEqual([-1, 1])
})

test('smoothed targets', () => {
  const batches = { real: of([1], Math.log(3)), generated: of([1], 0) }
  const oneSided = { realTarget: 0.75, generatedTarget: 0 }
  const right = 0.75 * Math.log(0.75) + 0.25 * Math.log(0.25) - Math.LN2
  expect(smoothedValue(number, batches, oneSided).value.at()).toEqual(nearly(right))
  const { dReal, dGenerated } = smoothedValueGradient(
    number,
    { real: of([1], 0), generated: of([1], 0), dValue: of([], 4) },
    { realTarget: 0.75, generatedTarget: 0.25 },
  )
  expect([dReal.at(0), dGenerated.at(0)]).toEqual([1, -1])
  const { probability } = smoothedDiscriminator(
    number,
    { data: of([2], 3, 1), generated: of([2], 1, 3) },
    { realTarget: 0.8, generatedTarget: 0 },
  )
  expect(probability.data).toEqual([nearly(0.6), nearly(0.2)])
})

test('noise that is put at two points', () => {
  const given = { noise: of([3], 1, 2, 1), images: of([3], 1, 0, 1), logits: of([2], 0, 0) }
  const { generated, overPoints, overNoise } = pushforward(number, given, { points: 2 })
  expect(generated.data).toEqual([2, 2])
  expect([overPoints.at(), overNoise.at()]).toEqual([-Math.LN2, -Math.LN2])
})

test('two classes', () => {
  const { value, ofClass } = conditionalValue(
    number,
    {
      logits: of([2, 1], 0, Math.log(3)),
      classes: of([2], 3, 1),
      data: of([2, 1], 1, 1),
      generated: of([2, 1], 1, 1),
    },
    {},
  )
  const [one, other] = [-Math.log(4), Math.log(3 / 16)]
  expect(ofClass.data).toEqual([nearly(one), nearly(other)])
  expect(value.at()).toEqual(nearly((3 * one + other) / 4))
  const { joint, marginal } = conditionalDivergence(
    number,
    { classes: of([2], 1, 1), data: of([2, 2], 1, 0, 0, 1), generated: of([2, 2], 0, 1, 1, 0) },
    {},
  )
  expect([joint.at(), marginal.at()]).toEqual([nearly(Math.LN2), 0])
})
