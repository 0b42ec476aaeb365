import { describe, expect, test } from 'vitest'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { fromData, lift, type NumberArray } from '../arithmetic/array.ts'
import { bounded } from '../arithmetic/bounded.ts'
import { extended } from '../arithmetic/extended.ts'
import { number } from '../arithmetic/number.ts'
import { profiles } from '../arithmetic/profile.ts'
import { networkCurvature } from './obd-network.ts'

const of = (shape: readonly number[], ...data: readonly number[]) => fromData(shape, data)

const network = {
  x: of([3, 2], 1, -0.5, 0.25, 2, -1, 0.75),
  targets: of([3, 2], 0.5, -1, 1.5, 0, -0.25, 0.75),
  weights1: of([2, 3], 0.5, -1.25, 0.75, 1, 0.25, -0.5),
  bias1: of([3], 0.125, -0.5, 0.25),
  weights2: of([3, 2], 1, -0.75, 0.5, 1.25, -1, 0.25),
  bias2: of([2], -0.25, 0.5),
}
const names = ['weights1', 'bias1', 'weights2', 'bias2'] as const

function curvature<T>(
  arithmetic: Arithmetic<T>,
  inputs: Record<keyof typeof network, NumberArray<T>>,
  outputs: 'linear' | 'tanh',
  method: 'exact' | 'levenberg-marquardt' = 'exact',
) {
  return networkCurvature(arithmetic, inputs, { outputs, method })
}

/** Doubles that know how far roundings may have taken them. */
const doubles = bounded('float64', profiles.ieee)
const bounding = Object.fromEntries(
  Object.entries(network).map(([name, values]) => [name, lift(doubles, values)]),
) as Record<keyof typeof network, NumberArray<ReturnType<typeof doubles.exact>>>

const long = Object.fromEntries(
  Object.entries(network).map(([name, values]) => [name, lift(extended, values)]),
) as Record<keyof typeof network, NumberArray<ReturnType<typeof extended.exact>>>

/** (E(u + s) − 2 E(u) + E(u − s)) / s², in 64 digits: its remainder is some s², and its rounding 10^-64 / s². */
function secondDifference(name: (typeof names)[number], at: number, outputs: 'linear' | 'tanh') {
  const { add, divide, exact, multiply, subtract, toNumber } = extended
  const step = exact(2 ** -50)
  const loss = (factor: number) => {
    const values = fromData(
      long[name].shape,
      long[name].data.map((u, k) => (k === at ? add(u, multiply(step, exact(factor))) : u)),
    )
    return curvature(extended, { ...long, [name]: values }, outputs).loss.at()
  }
  const difference = subtract(add(loss(1), loss(-1)), multiply(exact(2), loss(0)))
  return toNumber(divide(difference, multiply(step, step)))
}

describe.each(['linear', 'tanh'] as const)('with outputs that are %s', (outputs) => {
  test.each(names)('the derivative by %s is its second difference in 64 digits', (name) => {
    const found = curvature(doubles, bounding, outputs)
    for (const [at, h] of found[name].data.entries()) {
      const off = Math.abs(h.value - secondDifference(name, at, outputs))
      expect(off).toBeLessThanOrEqual(doubles.error(h))
    }
  })
})

test('the approximation is another number wherever tangents bend and errors are not 0', () => {
  const exact = curvature(number, network, 'tanh')
  const squared = curvature(number, network, 'tanh', 'levenberg-marquardt')
  for (const name of names) {
    for (const [at, h] of exact[name].data.entries()) {
      // Far more than rounding, which is about 2^-53 of numbers near 1.
      expect(Math.abs(h - squared[name].data[at]!)).toBeGreaterThan(1e-3)
    }
  }
})

test('where every error is 0 the approximation is exact', () => {
  // An output that depends on nothing gives its bias, which is what it should be.
  const right = {
    ...network,
    weights2: of([3, 2], 0, 0, 0, 0, 0, 0),
    targets: of([3, 2], -0.25, 0.5, -0.25, 0.5, -0.25, 0.5),
  }
  const exact = curvature(number, right, 'linear')
  expect(exact).toEqual(curvature(number, right, 'linear', 'levenberg-marquardt'))
})

test('the example of the docstring', () => {
  const one = {
    x: of([1, 1], 2),
    targets: of([1, 1], 0),
    weights1: of([1, 1], 0),
    bias1: of([1], 0),
    weights2: of([1, 1], 3),
    bias2: of([1], 1),
  }
  const { loss, weights1, bias1, weights2, bias2 } = curvature(number, one, 'linear')
  const found = [loss, weights1, bias1, weights2, bias2].map(({ data }) => data[0])
  expect(found).toEqual([1, 72, 18, 0, 2])
})
