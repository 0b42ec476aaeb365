import { expect, test } from 'vitest'
import { fromData } from '../arithmetic/array.ts'
import { number } from '../arithmetic/number.ts'
import { generate } from './sample-map.ts'

const of = (shape: readonly number[], ...data: readonly number[]) => fromData(shape, data)

test('a generator whose hidden units are silent', () => {
  const inputs = {
    noise: of([1, 1], 5),
    generatorHidden: of([1, 1], 0),
    generatorHiddenBias: of([1], 0),
    generatorOutput: of([1, 1], 2),
    generatorOutputBias: of([1], 3),
  }
  expect(generate(number, inputs, {}).x.data).toEqual([3])
})
