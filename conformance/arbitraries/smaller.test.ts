import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conv2d } from '../../spec/cnn/conv2d.ts'
import { operations } from '../../spec/index.ts'
import { checkArguments } from '../../spec/language/check.ts'
import type { Case } from './case.ts'
import { realize } from './fill.ts'
import { recipes } from './recipe-arbitrary.ts'
import { smallerCases } from './smaller.ts'

const drawn = (operation: (typeof operations)[number], seed: number, count: number) =>
  fc
    .sample(recipes(operation, 'integers'), { seed, numRuns: count })
    .map((recipe) => realize(operation, recipe))

/** The smallest case that still fails, as shrinking finds it. */
function smallest(start: Case, fails: (the: Case) => boolean): Case {
  let found = start
  for (let again = true; again; ) {
    again = false
    for (const smaller of smallerCases(conv2d, found)) {
      if (!fails(smaller)) continue
      found = smaller
      again = true
      break
    }
  }
  return found
}

const tensor = (shape: readonly number[]) => {
  const length = shape.reduce((product, size) => product * size, 1)
  return { dtype: 'float32' as const, shape, data: Float32Array.from({ length }, (_, i) => i + 1) }
}

/** 3 × 6 × 7 × 5 images and 4 filters of 1 × 2: all sizes differ. */
function convolution(channels: number): Case {
  const sizes = { N: 3, H: 6, W: 7, K: channels, Q: 4, Hf: 1, Wf: 2 }
  return {
    sizes: { ...sizes, Ho: 3, Wo: 5 },
    parameters: { strides: [2, 1], dilations: [1, 2], padding: 'valid' },
    inputs: {
      x: tensor([3, 6, 7, channels]),
      filters: tensor([1, 2, channels, 4]),
      bias: tensor([4]),
    },
  }
}

describe('a failing case becomes smaller, size by size', () => {
  it('where all of its sizes differ', () => {
    const { sizes, parameters } = smallest(convolution(5), () => true)
    expect(sizes).toEqual({ N: 1, H: 1, W: 1, K: 1, Q: 1, Hf: 1, Wf: 1, Ho: 1, Wo: 1 })
    expect(parameters).toMatchObject({ strides: [1, 1], dilations: [1, 1] })
  })

  it.each([16, 17, 33])('down to the threshold: wrong from %d channels on', (threshold) => {
    const { sizes } = smallest(convolution(65), (the) => the.sizes.K! >= threshold)
    expect(sizes).toMatchObject({ N: 1, H: 1, W: 1, K: threshold, Q: 1, Hf: 1, Wf: 1 })
  })

  it('together where sizes must stay equal', () => {
    const square = { ...convolution(6), sizes: { ...convolution(6).sizes } }
    const { sizes } = smallest(square, (the) => the.sizes.H === the.sizes.K && the.sizes.K! >= 3)
    expect(sizes).toMatchObject({ N: 1, H: 3, W: 1, K: 3, Q: 1 })
  })

  it('and keeps the elements that remain in their places', () => {
    const [least] = smallerCases(conv2d, convolution(5))
    expect([...least!.inputs.x!.data]).toEqual([1])
    const { inputs } = smallest(convolution(5), (the) => the.sizes.K! >= 2 && the.sizes.Q! >= 2)
    expect([...inputs.filters!.data]).toEqual([1, 2, 5, 6])
  })

  it('of every operation, and stays valid', () => {
    for (const operation of operations) {
      for (const the of drawn(operation, 1, 2)) {
        for (const { inputs, parameters, sizes } of smallerCases(operation, the)) {
          expect(checkArguments(operation, inputs, parameters), operation.id).toMatchObject(sizes)
        }
      }
    }
  })

  it('but not one that was worked by hand, which has no sizes', () => {
    const byHand = { ...convolution(5), sizes: {} }
    expect([...smallerCases(conv2d, byHand)]).toEqual([])
  })
})
