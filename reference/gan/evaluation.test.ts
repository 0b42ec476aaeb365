import { expect, test } from 'vitest'
import { fromData } from '../arithmetic/array.ts'
import { number } from '../arithmetic/number.ts'
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
