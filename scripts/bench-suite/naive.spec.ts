import { writeFileSync } from 'node:fs'
import * as tf from '@tensorflow/tfjs-core'
import * as fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { conv2d } from '../../impl/cnn/conv2d.ts'
import { openDevice } from '../../impl/device/device.ts'

/**
 * The convolution property as one writes it with Vitest and fast-check alone: sizes and parameters
 * are drawn first, arrays element by element from them, the reference is nested loops, over plain
 * doubles or with the functions of mathjs (NAIVE_REFERENCE=mathjs), and a tolerance is guessed. Sizes, strides, dilations and padding have the ranges of
 * `cnn.conv2d`, and what is tested is the same implementation on the same device.
 *
 * Started by bench-suite, in a Vitest of its own without any configuration.
 */
const { NAIVE_RUNS, NAIVE_RESULT, NAIVE_REFERENCE } = process.env
const runs = Number(NAIVE_RUNS ?? 100)

type Binary = (a: number, b: number) => number
let [add, multiply]: [Binary, Binary] = [(a, b) => a + b, (a, b) => a * b]

const upTo = (max: number, min = 1) => fc.integer({ min, max })
const [side, stride, amount] = [upTo(4), upTo(3), upTo(3, 0)]
const cases = fc
  .record({
    N: upTo(2),
    K: side,
    Q: side,
    kernel: fc.tuple(side, side),
    strides: fc.tuple(stride, stride),
    dilations: fc.tuple(stride, stride),
    padding: fc.oneof(
      fc.constantFrom('valid' as const, 'same' as const),
      fc.tuple(amount, amount, amount, amount),
    ),
  })
  .chain((shape) => {
    const [t, b, l, r] = typeof shape.padding === 'string' ? [0, 0, 0, 0] : shape.padding
    const least = ([0, 1] as const).map((axis) => {
      const reach = shape.dilations[axis] * (shape.kernel[axis] - 1) + 1
      return shape.padding === 'same' ? 1 : Math.max(1, reach - (axis === 0 ? t + b : l + r))
    })
    return fc.record({
      shape: fc.constant(shape),
      H: upTo(least[0]! + 5, least[0]!),
      W: upTo(least[1]! + 5, least[1]!),
    })
  })
  .chain(({ shape, H, W }) => {
    const { N, K, Q, kernel } = shape
    return fc.record({
      shape: fc.constant({ ...shape, H, W }),
      x: floats(N * H * W * K),
      filters: floats(kernel[0] * kernel[1] * K * Q),
      bias: floats(Q),
    })
  })

function floats(length: number) {
  const element = fc.float({ min: -100, max: 100, noNaN: true })
  return fc.array(element, { minLength: length, maxLength: length })
}

type Case = typeof cases extends fc.Arbitrary<infer C> ? C : never

/** Padding before an axis, and how many positions a window has on it. */
function windows(size: number, kernel: number, S: number, D: number, pad: 'same' | number[]) {
  const reach = D * (kernel - 1) + 1
  if (pad !== 'same') return [pad[0]!, Math.floor((size + pad[0]! + pad[1]! - reach) / S) + 1]
  const count = Math.ceil(size / S)
  return [Math.floor(Math.max((count - 1) * S + reach - size, 0) / 2), count]
}

function expected({ x, filters, bias, shape }: Case): number[] {
  const { N, H, W, K, Q, padding } = shape
  const [[Hf, Wf], [Sh, Sw], [Dh, Dw]] = [shape.kernel, shape.strides, shape.dilations]
  const [t, b, l, r] = typeof padding === 'string' ? [0, 0, 0, 0] : padding
  const [top, Ho] = windows(H, Hf, Sh, Dh, padding === 'same' ? 'same' : [t, b]) as [number, number]
  const [left, Wo] = windows(W, Wf, Sw, Dw, padding === 'same' ? 'same' : [l, r]) as [
    number,
    number,
  ]
  const y: number[] = []
  for (let n = 0; n < N; n++)
    for (let i = 0; i < Ho; i++)
      for (let j = 0; j < Wo; j++)
        for (let q = 0; q < Q; q++) {
          let sum = bias[q]!
          products += Hf * Wf * K
          for (let u = 0; u < Hf; u++)
            for (let v = 0; v < Wf; v++) {
              const [row, column] = [Sh * i + Dh * u - top, Sw * j + Dw * v - left]
              if (row < 0 || row >= H || column < 0 || column >= W) continue
              for (let k = 0; k < K; k++) {
                const pixel = x[((n * H + row) * W + column) * K + k]!
                sum = add(sum, multiply(pixel, filters[((u * Wf + v) * K + k) * Q + q]!))
              }
            }
          y.push(sum)
        }
  return y
}

function actual({ x, filters, bias, shape }: Case): Float32Array {
  const { N, H, W, K, Q, kernel, strides, dilations, padding } = shape
  const y = tf.tidy(() => {
    const inputs = {
      x: tf.tensor4d(x, [N, H, W, K]),
      filters: tf.tensor4d(filters, [...kernel, K, Q]),
      bias: tf.tensor1d(bias),
    }
    return conv2d(inputs, { strides, dilations, padding } as never).y
  })
  const data = y.dataSync() as Float32Array
  y.dispose()
  return data
}

let products = 0
const agrees = fc.property(cases, (testCase) => {
  const [wanted, got] = [expected(testCase), actual(testCase)]
  expect(got.length).toBe(wanted.length)
  return wanted.every((value, i) => Math.abs(value - got[i]!) <= 0.1 + 1e-3 * Math.abs(value))
})

beforeAll(async () => {
  await openDevice('wasm')
  if (NAIVE_REFERENCE !== 'mathjs') return
  const mathjs = await import('mathjs')
  add = mathjs.add as Binary
  multiply = mathjs.multiply as Binary
})

test('convolution', { timeout: 300_000 }, () => {
  fc.assert(agrees, { numRuns: runs, seed: 1 })
  if (NAIVE_RESULT === undefined) return
  // The first pass has warmed up; the second one is timed.
  products = 0
  const started = performance.now()
  fc.assert(agrees, { numRuns: runs, seed: 2 })
  const seconds = (performance.now() - started) / 1000
  writeFileSync(NAIVE_RESULT, JSON.stringify({ seconds, products: products / runs }))
})
