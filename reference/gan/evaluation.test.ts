import { describe, expect, test } from 'vitest'
import { fromData } from '../arithmetic/array.ts'
import { number } from '../arithmetic/number.ts'
import { nearly } from '../arithmetic/roundings.ts'
import { featureStatistics } from './feature-statistics.ts'
import { featureFrechetDistance, frechetDistance } from './frechet-distance.ts'
import { inceptionScore } from './inception-score.ts'
import { bestResponse, modeCoverage } from './mode-collapse.ts'
import { bayesAccuracy, binomialTest } from './turing-test.ts'

const of = (shape: readonly number[], ...data: readonly number[]) => fromData(shape, data)

test('two samples of a class each', () => {
  const { scores, score } = inceptionScore(
    number,
    { probabilities: of([2, 2], 1, 0, 0, 1) },
    { splits: 1 },
  )
  expect(scores.data).toEqual([nearly(2)])
  expect(score.data).toEqual([nearly(2), 0])
})

describe('ten apart: 9 by the means, and 5 less twice 2', () => {
  const close = [10, 9, 5, 2].map((x) => nearly(x))

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

test('eighteen apart: 9 by the means, and 3 squared by the variances', () => {
  const sets = { real: of([1, 2, 1], 1, -1), generated: of([1, 2, 1], 5, 1) }
  const given = { matrix: 'covariance', divisor: 'N' } as const
  const { distances } = featureStatistics(number, sets, given)
  expect(distances.data).toEqual([18, 9, 9, 18, 9, 9])
})

test('a judge of one point for certain against a coin', () => {
  const answer = bayesAccuracy(number, { data: of([2], 1, 1), generated: of([2], 1, 0) }, {})
  expect([answer.accuracy.at(), answer.variation.at()]).toEqual([0.75, 0.5])
})

test('three of four right', () => {
  const { oneSided, twoSided } = binomialTest(number, { right: of([1], 3) }, { trials: 4 })
  expect([oneSided.at(0), twoSided.at(0)]).toEqual([5 / 16, 5 / 8])
})

test('the best response to logits 0 and ln 3', () => {
  const given = { logits: of([2], 0, Math.log(3)), generated: of([2], 1, 1) }
  const { losses, best } = bestResponse(number, given, {})
  const ln2 = Math.LN2
  expect(losses.data).toEqual([nearly(-1.5 * ln2), nearly(-2 * ln2)])
  expect(best.data).toEqual([0, 1])
})

test('two of three modes covered', () => {
  const given = { modes: 3, least: 1 }
  const { counts, covered } = modeCoverage(number, { assigned: of([3], 0, 2, 2) }, given)
  expect(counts.data).toEqual([1, 0, 2])
  expect(covered.at()).toBe(2)
})
