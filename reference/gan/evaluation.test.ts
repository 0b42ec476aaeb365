import { describe, expect, test } from 'vitest'
import { fromData } from '../arithmetic/array.ts'
import { number } from '../arithmetic/number.ts'
import { featureFrechetDistance, frechetDistance } from './frechet-distance.ts'
import { inceptionScore } from './inception-score.ts'

const of = (shape: readonly number[], ...data: readonly number[]) => fromData(shape, data)

test('two samples of a class each', () => {
  const { scores, score } = inceptionScore(
    number,
    { probabilities: of([2, 2], 1, 0, 0, 1) },
    { splits: 1 },
  )
  expect(scores.data).toEqual([expect.closeTo(2, 12)])
  expect(score.data).toEqual([expect.closeTo(2, 12), 0])
})

describe('ten apart: 9 by the means, and 5 less twice 2', () => {
  const close = [10, 9, 5, 2].map((x) => expect.closeTo(x, 12))

  test('from moments', () => {
    const moments = {
      meanReal: of([1], 0),
      meanGenerated: of([1], 3),
      covarianceReal: of([1, 1], 1),
      covarianceGenerated: of([1, 1], 4),
    }
    expect(frechetDistance(number, moments, {}).distance.data).toEqual(close)
  })

  test('from features', () => {
    const sets = { real: of([2, 1], 1, -1), generated: of([2, 1], 5, 1) }
    const { distance } = featureFrechetDistance(number, sets, { divisor: 'N' })
    expect(distance.data).toEqual(close)
  })
})
