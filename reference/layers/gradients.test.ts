import { describe, expect, test } from 'vitest'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, elementwise, type NumberArray, sum } from '../arithmetic/array.ts'
import { type Arrays, partials } from '../arithmetic/derivative.ts'
import { decimal, type Extended, extended } from '../arithmetic/extended.ts'
import { addBias, biasGradient } from './bias.ts'
import { convolution } from './convolution.ts'
import { convolutionFilterGradient, convolutionInputGradient } from './convolution-gradient.ts'
import { crossEntropyGradient, crossEntropyTerms } from './cross-entropy.ts'
import { dense, denseInputGradient, denseWeightGradient } from './dense.ts'
import { convolve, convolveGradient } from './half-padding.ts'
import { rectify, rectifyGradient } from './rectifier.ts'
import { sigmoid, sigmoidSlope } from './sigmoid.ts'
import { tanhSlope } from './tanh.ts'
import type { Sliding } from './window.ts'

type Numbers = NumberArray<Extended>
const { abs, exact, multiply, subtract, tanh } = extended

/** A layer as a function of named arrays, and what it says of its gradients by some of them. */
interface Layer<Names extends string> {
  readonly shapes: Readonly<Record<Names, readonly number[]>>
  readonly forward: <T>(
    arithmetic: Arithmetic<T>,
    at: Readonly<Record<Names, NumberArray<T>>>,
  ) => NumberArray<T>
  readonly gradients: (
    at: Readonly<Record<Names, Numbers>>,
    dy: Numbers,
  ) => Readonly<Partial<Record<Names, Numbers>>>
}

/** Odd multiples of 1/16 between −2 and 2, without an order that a wrong index could hide behind. */
const scattered = (shape: readonly number[], salt: number): Numbers => {
  let position = salt
  return build(shape, () => {
    position++
    return exact((2 * ((position * position * 37 + position * 11) % 32) - 31) / 16)
  })
}

/** Every element of every gradient against the difference quotient of ⟨dy, y⟩, within its error. */
function expectGradients<Names extends string>({ shapes, forward, gradients }: Layer<Names>) {
  const names = Object.keys(shapes) as Names[]
  const at = Object.fromEntries(
    names.map((name, n) => [name, scattered(shapes[name], 100 * n)]),
  ) as Record<Names, Numbers>
  const dy = scattered(forward(extended, at).shape, 1000)
  const loss = <T>(arithmetic: Arithmetic<T>, arrays: Arrays<T>) => {
    const { exact, multiply } = arithmetic
    const y = forward(arithmetic, arrays as Record<Names, NumberArray<T>>)
    return sum(arithmetic, y.shape, (...index) =>
      multiply(exact(dy.at(...index).toNumber()), y.at(...index)),
    )
  }
  const answer = Object.entries<Numbers>(gradients(at, dy) as Record<string, Numbers>)
  expect(answer.length).toBeGreaterThan(0)
  for (const [name, gradient] of answer) {
    const expected = partials(loss, at, name)
    expect(gradient.shape).toEqual(expected.shape)
    expected.data.forEach(({ value, error, smooth }, k) => {
      expect(smooth, `${name} ${k}`).toBe(true)
      // The quotient says something: its own error is about 10^-42 of the numbers on the way, which may cancel.
      expect(error.lte(decimal('1e-38')), `${name} ${k}`).toBe(true)
      const off = abs(subtract(gradient.data[k]!, value))
      expect(off.lte(error), `${name} ${k}: ${gradient.data[k]} for ${value}`).toBe(true)
    })
  }
}

const times = (x: Numbers, y: Numbers) =>
  build(x.shape, (...at) => multiply(x.at(...at), y.at(...at)))

describe('the gradients of a fully connected layer', () => {
  test('by input, weights and biases', () =>
    expectGradients({
      shapes: { x: [3, 4], W: [4, 2], b: [2] },
      forward: (arithmetic, { x, W, b }) => dense(arithmetic, x, W, b),
      gradients: ({ x, W }, dy) => ({
        x: denseInputGradient(extended, W, dy),
        W: denseWeightGradient(extended, x, dy),
        b: biasGradient(extended, dy),
      }),
    }))
  test('without biases they are the same', () =>
    expectGradients({
      shapes: { x: [2, 3], W: [3, 4] },
      forward: (arithmetic, { x, W }) => dense(arithmetic, x, W, null),
      gradients: ({ x, W }, dy) => ({
        x: denseInputGradient(extended, W, dy),
        W: denseWeightGradient(extended, x, dy),
      }),
    }))
})

test('the gradients of a bias added to images', () =>
  expectGradients({
    shapes: { x: [2, 2, 3, 2], b: [2] },
    forward: (arithmetic, { x, b }) => addBias(arithmetic, x, b),
    gradients: (_, dy) => ({ x: dy, b: biasGradient(extended, dy) }),
  }))

describe('the gradients of a convolution', () => {
  test.each<Sliding>([
    { strides: [1, 1], dilations: [1, 1], padding: 'valid' },
    { strides: [2, 3], dilations: [1, 1], padding: 'same' },
    { strides: [1, 2], dilations: [2, 1], padding: [0, 1, 2, 0] },
  ])('strides $strides, dilations $dilations, padding $padding', (windows) =>
    expectGradients({
      shapes: { x: [2, 4, 5, 1], filters: [2, 3, 1, 2], bias: [2] },
      forward: (arithmetic, { x, filters, bias }) =>
        convolution(arithmetic, x, filters, bias, windows),
      gradients: ({ x, filters }, dy) => ({
        x: convolutionInputGradient(extended, filters, dy, [4, 5], windows),
        filters: convolutionFilterGradient(extended, x, dy, [2, 3], windows),
        bias: biasGradient(extended, dy),
      }),
    }),
  )
})

describe('the gradients of a convolution with half padding', () => {
  test.each([
    { kernel: 3, stride: 1 },
    { kernel: 3, stride: 2 },
    { kernel: 1, stride: 2 },
    { kernel: 5, stride: 3 },
  ])('a kernel of $kernel × $kernel, stride $stride', ({ kernel, stride }) =>
    expectGradients({
      shapes: { x: [2, 3, 4, 2], filters: [kernel, kernel, 2, 1], bias: [1] },
      forward: (arithmetic, { x, filters, bias }) => convolve(arithmetic, x, filters, bias, stride),
      gradients: ({ x, filters }, dy) => {
        const { dx, dFilters, dBias } = convolveGradient(extended, x, filters, dy, stride)
        return { x: dx, filters: dFilters, bias: dBias }
      },
    }),
  )
})

describe('the gradients of activation functions', () => {
  test('the rectifier', () =>
    expectGradients({
      shapes: { x: [4, 5] },
      forward: (arithmetic, { x }) => rectify(arithmetic, x),
      gradients: ({ x }, dy) => ({ x: rectifyGradient(extended, x, dy) }),
    }))
  test('the rectifier, told by what it gave', () =>
    expectGradients({
      shapes: { x: [4, 5] },
      forward: (arithmetic, { x }) => rectify(arithmetic, x),
      gradients: ({ x }, dy) => ({ x: rectifyGradient(extended, rectify(extended, x), dy) }),
    }))
  test('the sigmoid', () => {
    const forward = <T>(arithmetic: Arithmetic<T>, { x }: { x: NumberArray<T> }) =>
      elementwise(x, (value) => sigmoid(arithmetic, value))
    expectGradients({
      shapes: { x: [3, 3] },
      forward,
      gradients: (at, dy) => ({
        x: times(
          elementwise(forward(extended, at), (y) => sigmoidSlope(extended, y)),
          dy,
        ),
      }),
    })
  })
  test('the hyperbolic tangent', () =>
    expectGradients({
      shapes: { x: [3, 3] },
      forward: (arithmetic, { x }) => elementwise(x, (value) => arithmetic.tanh(value)),
      gradients: ({ x }, dy) => ({
        x: times(
          elementwise(x, (value) => tanhSlope(extended, tanh(value))),
          dy,
        ),
      }),
    }))
})

test('the gradient of the cross-entropy, whatever the targets add up to', () =>
  expectGradients({
    shapes: { z: [3, 4], t: [3, 4] },
    forward: (arithmetic, { z, t }) => {
      const terms = crossEntropyTerms(arithmetic, z, t)
      return build([3], (n) => sum(arithmetic, [4], (c) => terms.at(n, c)))
    },
    gradients: ({ z, t }, dy) => ({
      z: build(z.shape, (n, c) =>
        multiply(dy.at(n), crossEntropyGradient(extended, z, t).at(n, c)),
      ),
    }),
  }))
