import { expect, test } from 'vitest'
import { fromData } from '../arithmetic/array.ts'
import { number } from '../arithmetic/number.ts'
import { discriminatorProbability } from './discriminator-probability.ts'

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
