import { describe, expect, test } from 'vitest'
import type { Arithmetic } from './arithmetic.ts'
import { fromData, type NumberArray, sum } from './array.ts'
import { type Arrays, type Derivative, directional, partials, slope } from './derivative.ts'
import { decimal, type Extended, extended } from './extended.ts'

const { exact, add, subtract, multiply, abs } = extended
const vector = (...values: number[]): NumberArray<Extended> =>
  fromData([values.length], values.map(exact))

/** The derivative of a function of one number. */
const at = (x: number | Extended, f: <T>(arithmetic: Arithmetic<T>, x: T) => T): Derivative => {
  const point = fromData([1], [typeof x === 'number' ? exact(x) : x])
  const scalar = <T>(arithmetic: Arithmetic<T>, arrays: Arrays<T>) => f(arithmetic, arrays.x!.at(0))
  return directional(scalar, { x: point }, { x: vector(1) })
}

/** It has at least `places` digits after the point, and its error says so and is not too small. */
function expectSlope(derivative: Derivative, expected: Extended, places: number) {
  const off = abs(subtract(derivative.value, expected))
  expect(derivative.smooth).toBe(true)
  expect(off.lte(derivative.error)).toBe(true)
  expect(derivative.error.lte(decimal(`1e-${places}`))).toBe(true)
}

test('kinks that cancel leave a derivative, but two ways to it', () => {
  const straight = at(0, (a, x) => {
    const half = (y: typeof x) => a.maximum([a.exact(0), y])
    return a.subtract(half(x), half(a.negate(x)))
  })
  expect([straight.smooth, straight.turns]).toEqual([true, true])
  const beside = at(1, (a, x) => a.maximum([a.exact(0), x]))
  expect([beside.smooth, beside.turns]).toEqual([true, false])
})

describe('a function of one number', () => {
  test('x³ at 2: 12', () => {
    expectSlope(
      at(2, (a, x) => a.multiply(x, a.multiply(x, x))),
      exact(12),
      38,
    )
  })
  test('eˣ at 0: 1', () =>
    expectSlope(
      at(0, (a, x) => a.exp(x)),
      exact(1),
      39,
    ))
  test('ln x at 4: 1/4', () =>
    expectSlope(
      at(4, (a, x) => a.log(x)),
      exact(0.25),
      39,
    ))
  test('√x at 1/4: 1', () =>
    expectSlope(
      at(0.25, (a, x) => a.sqrt(x)),
      exact(1),
      39,
    ))
  test('tanh at 0: 1', () =>
    expectSlope(
      at(0, (a, x) => a.tanh(x)),
      exact(1),
      39,
    ))
  test('1/x at 1/2: −4', () => {
    expectSlope(
      at(0.5, (a, x) => a.divide(a.exact(1), x)),
      exact(-4),
      37,
    )
  })
  test('tanh at 3/4: 1 − tanh²', () => {
    const squared = extended.power(extended.tanh(exact(0.75)), exact(2))
    expectSlope(
      at(0.75, (a, x) => a.tanh(x)),
      subtract(exact(1), squared),
      39,
    )
  })
  test('a constant: 0', () =>
    expectSlope(
      at(3, (a) => a.exact(7)),
      exact(0),
      38,
    ))
  test('a line far up: the rounding of large values is in the error', () => {
    const derivative = at(3, (a, x) => a.add(a.exact(1e30), x))
    expectSlope(derivative, exact(1), 9)
  })
})

test('max(0, x)² at 0, where only the second derivative jumps: 0', () => {
  const squared = <T>(a: Arithmetic<T>, x: T) => {
    const positive = a.maximum([a.exact(0), x])
    return a.multiply(positive, positive)
  }
  expectSlope(at(0, squared), exact(0), 20)
})

describe('a kink', () => {
  test('|x| at 0: any slope from −1 to 1', () => {
    const { value, error, smooth } = at(0, (a, x) => a.abs(x))
    expect(smooth).toBe(false)
    expect(abs(value).toNumber()).toBe(0)
    expect(error.gte(1)).toBe(true)
  })
  test('max(x, 2x) at 0, where the slopes are 1 and 2', () => {
    const { value, error, smooth } = at(0, (a, x) => a.maximum([x, a.multiply(a.exact(2), x)]))
    expect(smooth).toBe(false)
    expect(subtract(value, error).lte(1) && add(value, error).gte(2)).toBe(true)
  })
  test('none where the maximum is not tied', () => {
    expectSlope(
      at(1e-6, (a, x) => a.maximum([x, a.multiply(a.exact(2), x)])),
      exact(2),
      39,
    )
  })
  test('none at the vertex of x², where the slope is 0 as well', () => {
    expectSlope(
      at(0, (a, x) => a.multiply(x, x)),
      exact(0),
      38,
    )
  })
})

describe('a function that bends within a step', () => {
  const steep = (scale: number) => at(0, (a, x) => a.tanh(a.multiply(a.exact(scale), x)))

  test('tanh(10^27 x) at 0 is said to have no slope that could be seen', () => {
    expect(steep(1e27).smooth).toBe(false)
  })
  test('tanh(1000 x) at 0: 1000', () => expectSlope(steep(1000), exact(1000), 32))
  test('x³ at 0: 0, though the quotients differ by more than they are', () =>
    expectSlope(
      at(0, (a, x) => a.multiply(x, a.multiply(x, x))),
      exact(0),
      40,
    ))
})

describe('a function of arrays', () => {
  /** Σ a[i, j] x[j] y[i], whose gradients are y ⊗ x, aᵀy and a x. */
  const form = <T>(arithmetic: Arithmetic<T>, { a, x, y }: Arrays<T>) => {
    const { multiply } = arithmetic
    return sum(arithmetic, a!.shape, (i, j) => multiply(a!.at(i, j), multiply(x!.at(j), y!.at(i))))
  }
  const point: Arrays = {
    a: fromData([2, 3], [1, 2, 3, 4, 5, 6].map(exact)),
    x: vector(1, -1, 2),
    y: vector(3, -2),
  }
  const rounded = (derivatives: NumberArray<Derivative>) =>
    derivatives.data.map(({ value }) => value.toDP(30).toNumber())

  test.each([
    ['a', [3, -3, 6, -2, 2, -4]],
    ['x', [3 - 8, 6 - 10, 9 - 12]],
    ['y', [1 - 2 + 6, 4 - 5 + 12]],
  ])('every element of %s', (name, expected) => {
    const derivatives = partials(form, point, name)
    expect(derivatives.shape).toEqual(point[name]!.shape)
    expect(rounded(derivatives)).toEqual(expected)
  })

  test('a direction in several arrays at once', () => {
    const direction = { x: vector(1, 0, -1), y: vector(2, 1) }
    // (−5)·1 + (−3)·(−1) + 5·2 + 11·1
    expectSlope(directional(form, point, direction), exact(19), 37)
    const gradient = { x: vector(-5, -4, -3), y: vector(5, 11) }
    expect(slope(gradient, direction).toNumber()).toBe(19)
  })
})

describe('the noise of a quotient is that of the numbers on the way', () => {
  test('(2^-332 x)² at 3: 6·2^-664, about 10^-199, to 38 digits of it', () => {
    const tiny = <T>(a: Arithmetic<T>, x: T) => {
      const scaled = a.multiply(a.exact(2 ** -332), x)
      return a.multiply(scaled, scaled)
    }
    const expected = multiply(exact(2 ** -664), exact(6))
    expectSlope(at(3, tiny), expected, 238)
  })
  test('ln(1 + eˣ) at −500, which comes out as 0 beside 1: less than the noise of 1', () => {
    const { value, error } = at(-500, (a, x) => a.log(a.add(a.exact(1), a.exp(x))))
    const expected = extended.exp(exact(-500))
    expect(abs(subtract(value, expected)).lte(error)).toBe(true)
    // The noise of four values near 1, 10^-64 each, over a step of 10^-21.
    expect(error.gte(decimal('1e-43')) && error.lte(decimal('1e-41'))).toBe(true)
  })
})
