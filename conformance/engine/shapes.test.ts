import { describe, expect, it } from 'vitest'
import { referencesById } from '../../reference/index.ts'
import { operations } from '../../spec/index.ts'
import type { Tensor } from '../../spec/language/tensor.ts'
import { properties } from '../properties/index.ts'
import { checkProperty } from './check.ts'
import { referenceImplementation } from './fault.ts'
import type { Implementation } from './implementation.ts'

const right = referenceImplementation(operations, referencesById)

/** An array of another shape, with the elements that there are over and over. */
function reshaped({ dtype, data }: Tensor, shape: readonly number[]): Tensor {
  const length = shape.reduce((product, size) => product * size, 1)
  return {
    dtype,
    shape,
    data: Float32Array.from({ length }, (_, i) => data[i % Math.max(1, data.length)] ?? 0),
  }
}

const last = (shape: readonly number[], by: number) =>
  shape.length === 0 ? [1 + by] : shape.with(-1, Math.max(0, shape.at(-1)! + by))

/** What an implementation may make of the shape of an answer. */
const distortions: readonly (readonly [string, (right: Tensor) => Tensor])[] = [
  ['one channel too many', (tensor) => reshaped(tensor, last(tensor.shape, 1))],
  ['one channel too few', (tensor) => reshaped(tensor, last(tensor.shape, -1))],
  ['transposed', (tensor) => reshaped(tensor, [...tensor.shape.toReversed(), 1])],
  ['flat', (tensor) => reshaped(tensor, [1, 1, 1, 1, 1, tensor.data.length])],
  ['empty', (tensor) => reshaped(tensor, [0, 0, 0, 0, 0])],
  [
    'of another type',
    ({ shape, data }) => ({ dtype: 'float64', shape, data: new Float64Array(data) }),
  ],
  ['NaN', ({ dtype, shape, data }) => ({ dtype, shape, data: data.slice().fill(Number.NaN) })],
]

function distorted(change: (right: Tensor) => Tensor): Implementation {
  return {
    ...right,
    operations: Object.fromEntries(
      Object.entries(right.operations).map(([id, evaluate]) => [
        id,
        async (inputs, parameters) =>
          Object.fromEntries(
            Object.entries(await evaluate(inputs, parameters)).map(([name, tensor]) => [
              name,
              change(tensor),
            ]),
          ),
      ]),
    ),
  }
}

describe.each(distortions)('answers that are %s', (_, change) => {
  it('are found wrong by every property that asks for any, and no law stumbles over them', async () => {
    const implementation = distorted(change)
    const options = { runs: 2, seed: 3, deadline: null, kept: [], shrink: false, repeat: false }
    // That a loss of NaN has diverged is what this one says.
    const asking = properties.filter(
      ({ id, check }) => check.kind === 'comparison' && !id.endsWith('threshold/overflows'),
    )
    expect(asking.length).toBeGreaterThan(100)
    for (const property of asking) {
      const { verdict } = await checkProperty(property, implementation, referencesById, options)
      expect(['violates', 'errored', 'inconclusive'], property.id).toContain(verdict.outcome)
      if (verdict.outcome === 'violates' || verdict.outcome === 'errored') {
        expect(verdict.kind, `${property.id}: ${verdict.reason}`).not.toBe('defect')
      }
    }
  }, 120_000)
})

it('an answer with one channel too many is told by its shape, with the answer beside it', async () => {
  const property = properties.find(({ id }) => id === 'cnn.conv2d.forward/exact')!
  const options = { runs: 20, seed: 3, deadline: null, kept: [], shrink: true }
  const wide = distorted((tensor) => reshaped(tensor, last(tensor.shape, 1)))
  const { verdict } = await checkProperty(property, wide, referencesById, options)
  expect(verdict).toMatchObject({
    outcome: 'violates',
    kind: 'wrong shape',
    reason: 'y has the shape [1, 1, 1, 2]; expected [1, 1, 1, 1]',
    wrong: ['cnn.conv2d'],
  })
  if (verdict.outcome !== 'violates') throw new Error('unreachable')
  expect(verdict.capsule.comparisons.map(({ actual }) => actual.shape)).toEqual([[1, 1, 1, 2]])
})
