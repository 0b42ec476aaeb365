import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flatten } from '../../spec/cnn/flatten.ts'
import { maxPoolGradient } from '../../spec/cnn/pool-gradient.ts'
import { operations } from '../../spec/index.ts'
import { checkArguments } from '../../spec/language/check.ts'
import type { Space } from '../../spec/language/operation.ts'
import { elements, type Tensor } from '../../spec/language/tensor.ts'
import { type Case, elementsOf } from './case.ts'
import { exchangedSizes } from './exchanged.ts'
import { realize } from './fill.ts'
import { recipes } from './recipe-arbitrary.ts'

const counting = (shape: readonly number[]): Tensor => ({
  ...{ dtype: 'float32', shape },
  data: Float32Array.from({ length: elements(shape) }, (_, i) => i),
})

const image = (H: number, W: number): Case => ({
  sizes: { N: 1, H, W, K: 1, D: H * W },
  parameters: {},
  inputs: { x: counting([1, H, W, 1]) },
})

/** The case that is left when the first that fails is taken again and again. */
function smallest(space: Space, start: Case, fails: (the: Case) => boolean): Case {
  const lessThan = (found: Case): Case | undefined => {
    for (const less of exchangedSizes(space, found)) if (fails(less)) return less
    return undefined
  }
  let found = start
  for (let less = lessThan(found); less !== undefined; less = lessThan(found)) found = less
  return found
}

describe('a large failing case has fewer elements', () => {
  it.each([65, 66, 71])('down to a threshold of two axes together: %d', (threshold) => {
    const { inputs } = smallest(flatten, image(9, 8), ({ inputs: { x } }) => {
      return x!.data.length >= threshold
    })
    expect(inputs.x!.data).toHaveLength(threshold)
  })

  it('the nearest to a square first, and the first ones in their order', () => {
    const tried = exchangedSizes(flatten, image(9, 8))
    const { sizes, inputs } = tried.next().value as Case
    expect(sizes).toMatchObject({ H: 5, W: 13, D: 65 })
    expect([...inputs.x!.data]).toEqual(Array.from({ length: 65 }, (_, i) => i))
  })

  it('or the last ones', () => {
    const found = smallest(flatten, image(9, 8), ({ inputs }) => {
      return inputs.x!.data.length >= 65 && inputs.x!.data.includes(71)
    })
    expect([...found.inputs.x!.data]).toEqual(Array.from({ length: 65 }, (_, i) => i + 7))
  })

  it('and one axis instead of two where as many are needed', () => {
    const { sizes } = smallest(flatten, image(9, 8), ({ inputs }) => {
      return inputs.x!.data.length >= 72
    })
    const { D: _, ...drawn } = sizes
    expect(Object.values(drawn).toSorted((p, q) => p - q)).toEqual([1, 1, 1, 72])
  })

  it('of which arrays of derived sizes keep the same', () => {
    const start: Case = {
      sizes: { N: 1, H: 29, W: 9, K: 1, Ho: 29, Wo: 9 },
      parameters: { kernel: [1, 1], strides: [1, 1], padding: 'valid' },
      inputs: { x: counting([1, 29, 9, 1]), dy: counting([1, 29, 9, 1]) },
    }
    const { inputs } = smallest(maxPoolGradient, start, ({ inputs: { x, dy } }) => {
      return x!.data.includes(257) && dy!.data.includes(257) && x!.data.length > 256
    })
    expect([inputs.x!.data.length, inputs.dy!.data.length]).toEqual([257, 257])
  })
})

it('of few elements nothing is exchanged', () => {
  expect([...exchangedSizes(flatten, image(4, 8))]).toEqual([])
})

it('nor in a case that was worked by hand, which has no sizes', () => {
  expect([...exchangedSizes(flatten, { ...image(9, 8), sizes: {} })]).toEqual([])
})

it('all that is tried of any operation is valid and less', () => {
  let tried = 0
  for (const operation of operations) {
    for (const recipe of fc.sample(recipes(operation, 'integers'), { seed: 1, numRuns: 4 })) {
      const the = realize(operation, recipe)
      let left = 40
      for (const other of exchangedSizes(operation, the)) {
        if (--left < 0) break
        tried += 1
        const { inputs, parameters, sizes } = other
        expect(checkArguments(operation, inputs, parameters), operation.id).toMatchObject(sizes)
        expect(elementsOf(other), operation.id).toBeLessThanOrEqual(elementsOf(the))
      }
    }
  }
  expect(tried).toBeGreaterThan(500)
})
