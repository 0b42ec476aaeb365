import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { convolution } from '../fixtures/toys.ts'
import type { Case } from './case.ts'
import { simplifications } from './elements.ts'
import { realize } from './fill.ts'
import { recipes } from './recipe-arbitrary.ts'

/** The first simplification that still fails, again and again; and how many cases that took. */
function simplest(
  failing: Case,
  fails: (testCase: Case) => boolean,
): { testCase: Case; tried: number } {
  let testCase = failing
  let tried = 0
  for (;;) {
    let simpler: Case | undefined
    for (const candidate of simplifications(testCase)) {
      tried++
      if (tried > 100_000) throw new Error('does not end')
      if (fails(candidate)) {
        simpler = candidate
        break
      }
    }
    if (!simpler) return { testCase, tried }
    testCase = simpler
  }
}

const one = (...numbers: number[]): Case => ({
  sizes: { N: numbers.length },
  inputs: { x: { dtype: 'float32', shape: [numbers.length], data: Float32Array.from(numbers) } },
  parameters: {},
})
const x = (testCase: Case) => [...testCase.inputs.x.data]

test('tries whole arrays, halves, elements; zeros first, then ones, then whole numbers', () => {
  expect([...simplifications(one(2.5, 0, -7))].map(x)).toEqual([
    [0, 0, 0],
    [0, 0, -7],
    [2.5, 0, 0],
    [0, 0, -7],
    [2.5, 0, 0],
    [1, 0, -1],
    [1, 0, -7],
    [2.5, 0, -1],
    [1, 0, -7],
    [2.5, 0, -1],
    [3, 0, -4],
    [3, 0, -7],
    [2.5, 0, -4],
    [3, 0, -7],
    [2.5, 0, -4],
  ])
})

test('does not try twice what rounds to zero or one', () => {
  expect([...simplifications(one(0.3))].map(x)).toEqual([[0], [1]])
  expect([...simplifications(one(-1))].map(x)).toEqual([[0]])
})

test('has nothing to offer for zeros and for no elements', () => {
  expect([...simplifications(one(0, 0))]).toEqual([])
  expect([...simplifications(one())]).toEqual([])
})

test('ends on signed zeros, infinities and not-a-number', () => {
  const numbers = [-0, Number.NaN, Number.POSITIVE_INFINITY, 1e30]
  const { testCase } = simplest(one(...numbers), (it) => Number.isNaN(x(it)[1]))
  expect(x(testCase)).toEqual([0, Number.NaN, 0, 0])
})

test('leaves only the elements that the failure needs', () => {
  const fails = (testCase: Case) => x(testCase)[3] > 2 && x(testCase)[17] < 0
  const numbers = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 3.3 : i === 17 ? -2.7 : 3.6))
  const { testCase, tried } = simplest(one(...numbers), fails)
  expect(x(testCase)).toEqual(numbers.map((_, i) => (i === 3 ? 4 : i === 17 ? -1 : 0)))
  expect(tried).toBeLessThan(500)
})

test('changes neither the failing case nor anything but elements', () => {
  const [recipe] = fc.sample(recipes(convolution, 'reals'), { seed: 3, numRuns: 1 })
  const failing = realize(convolution, { ...recipe, distribution: 'normal' })
  const before = structuredClone(failing)
  for (const { sizes, parameters, inputs } of simplifications(failing)) {
    expect({ sizes, parameters }).toEqual({ sizes: failing.sizes, parameters: failing.parameters })
    for (const name in inputs) expect(inputs[name].shape).toEqual(failing.inputs[name].shape)
  }
  expect(failing).toEqual(before)
  const product = ({ inputs }: Case) => inputs.x.data[0] * inputs.filters.data[0]
  const { testCase } = simplest(failing, (it) => product(it) !== 0)
  const left = Object.values(testCase.inputs).flatMap(({ data }) =>
    [...data].filter((e) => e !== 0),
  )
  expect(left.map(Math.abs)).toEqual([1, 1])
})
