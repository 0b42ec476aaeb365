import { expect, it } from 'vitest'
import { dense } from '../../spec/cnn/flatten.ts'
import { averagePool } from '../../spec/cnn/pool.ts'
import type { Operation } from '../../spec/language/operation.ts'
import type { Tensor } from '../../spec/language/tensor.ts'
import type { Case } from './case.ts'
import { smallerCases } from './smaller.ts'

/** The smallest case that still fails, and how many were tried on the way. */
function smallest(operation: Operation, start: Case, fails: (the: Case) => boolean) {
  let found = start
  let tried = 0
  for (let again = true; again; ) {
    again = false
    for (const smaller of smallerCases(operation, found)) {
      tried++
      if (!fails(smaller)) continue
      found = smaller
      again = true
      break
    }
  }
  return { ...found, tried }
}

const tensor = (shape: readonly number[], element: (i: number) => number): Tensor => {
  const length = shape.reduce((product, size) => product * size, 1)
  return { dtype: 'float32', shape, data: Float32Array.from({ length }, (_, i) => element(i)) }
}

const layer = (units: number, element: (i: number) => number): Case => ({
  sizes: { N: 1, D: units, M: 1 },
  parameters: {},
  inputs: {
    x: tensor([1, units], element),
    weights: tensor([units, 1], () => 1),
    bias: tensor([1], () => 0),
  },
})

it('leaves out what is in the middle of an axis, by halves', () => {
  // Wrong where three units of a hundred meet, at both ends and in between.
  const telling = [0, 47, 99]
  const start = layer(100, (i) => (telling.includes(i) ? 1 : 0))
  const ones = ({ inputs }: Case) => [...inputs.x!.data].filter((x) => x === 1).length
  const { sizes, tried } = smallest(dense, start, (the) => ones(the) === 3)
  expect(sizes.D).toBe(3)
  expect(tried).toBeLessThan(600)
})

it('keeps one element over again where only their number counts', () => {
  // Every other bit differs: wrong from 128 differing ones on.
  const start = layer(256, (i) => i % 2)
  const ones = ({ inputs }: Case) => [...inputs.x!.data].filter((x) => x === 1).length
  expect(smallest(dense, start, (the) => ones(the) >= 128).sizes.D).toBe(128)
})

it('has one large element in the place of many small ones', () => {
  const half = (sum: number) => sum > 2048 && sum % 2 === 1
  const sum = ({ inputs }: Case) => [...inputs.x!.data].reduce((all, x) => all + x, 0)
  const start = layer(683, () => 3)
  expect(half(sum(start))).toBe(true)
  expect(smallest(dense, start, (the) => half(sum(the))).sizes.D).toBe(1)
})

it('makes a window smaller with the image that it covers, and leaves odd sizes odd', () => {
  const start: Case = {
    sizes: { N: 1, H: 7, W: 7, K: 1, Ho: 1, Wo: 1 },
    parameters: { kernel: [7, 7], strides: [1, 1], padding: 'valid' },
    inputs: { x: tensor([1, 7, 7, 1], (i) => i) },
  }
  const isWrong = ({ sizes: { H, W }, parameters: { kernel } }: Case) =>
    kernel[0] === H && kernel[1] === W && H! % 2 === 1 && H! > 1
  const { sizes, parameters } = smallest(averagePool, start, isWrong)
  expect(sizes).toMatchObject({ H: 3, W: 1 })
  expect(parameters.kernel).toEqual([3, 1])
})
