import { expect, test } from 'vitest'
import { ieee } from '../../reference/arithmetic/profile.ts'
import { references } from '../../reference/index.ts'
import type { References } from '../../reference/reference.ts'
import type { Operation } from '../../spec/language/operation.ts'
import { stack } from '../../spec/resnet/stack.ts'
import { tensor } from '../kit/tensor.ts'
import { expectedWithin } from './bench.ts'
import { boundedBy, Expectations } from './expectations.ts'

const bounds = boundedBy('float32', ieee)
const parameters = { shortcut: 'identity', activation: 'linear' }

/** Layers of one unit that turn it round, with the bound of what the last one gives. */
function boundThrough(layers: number, operation: Operation): number {
  const inputs = {
    x: tensor([1], [1]),
    weights: tensor([layers, 1, 1], Array<number>(layers).fill(-1.99)),
    biases: tensor([layers, 1], Array<number>(layers).fill(0)),
  }
  const expectations = new Expectations(references as object as References)
  const { y } = expectedWithin(bounds, expectations, operation, inputs, parameters)
  return bounds.error(y!.data[0]!)
}

test('of an operation that may be deep the smaller of both bounds counts', () => {
  const { bounds: _, ...forwards } = stack
  expect(boundThrough(50, forwards)).toBeGreaterThan(1e6)
  expect(boundThrough(50, stack)).toBeLessThan(1e-2)
  expect(boundThrough(1, stack)).toBeLessThanOrEqual(boundThrough(1, forwards))
})
