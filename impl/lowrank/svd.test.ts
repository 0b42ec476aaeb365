import * as tf from '@tensorflow/tfjs-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tryToOpen } from '../../conformance/fixtures/tried.ts'
import { type Device, openDevice, useDevice } from '../device/device.ts'
import { byRotations as thinByRotations } from '../layers/svd-thin.ts'
import { svd } from './svd.ts'

type Rows = readonly (readonly number[])[]

/** Numbers that look random, the same each time. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (1103515245 * state + 12345) % 2 ** 31
    return (2 * state) / 2 ** 31 - 1
  }
}

const matrix = (m: number, k: number, element: (i: number, j: number) => number): Rows =>
  Array.from({ length: m }, (_, i) => Array.from({ length: k }, (_, j) => element(i, j)))

/** A reflection by a vector: I − 2 v vᵀ / vᵀv. */
function reflection(n: number, seed: number): Rows {
  const next = numbers(seed)
  const v = Array.from({ length: n }, next)
  const size = v.reduce((sum, x) => sum + x * x, 0)
  return matrix(n, n, (i, j) => (i === j ? 1 : 0) - (2 * v[i]! * v[j]!) / size)
}

const times = (A: Rows, B: Rows): Rows =>
  matrix(A.length, B[0]!.length, (i, j) => A[i]!.reduce((sum, a, l) => sum + a * B[l]![j]!, 0))

/** A matrix of given singular values. */
const withValues = (n: number, value: (l: number) => number): Rows =>
  times(
    times(
      times(reflection(n, 1), reflection(n, 2)),
      matrix(n, n, (i, j) => (i === j ? value(i) : 0)),
    ),
    times(reflection(n, 3), reflection(n, 4)),
  )

const random = (n: number, factor: (i: number, j: number) => number): Rows => {
  const next = numbers(5)
  return matrix(n, n, (i, j) => next() * factor(i, j))
}

/** Matrices of which rotations take long, or lose small vectors beside large ones. */
const hard: Readonly<Record<string, (n: number) => Rows>> = {
  'random numbers': (n) => random(n, () => 1),
  'values from 1 to 1e-6': (n) => withValues(n, (l) => 10 ** ((-6 * l) / (n - 1))),
  'values from 1 to 1e-12': (n) => withValues(n, (l) => 10 ** ((-12 * l) / (n - 1))),
  'clusters of values': (n) =>
    withValues(n, (l) => [1, 1, 0.999, 1e-3, 1e-3, 1e-5][Math.floor((6 * l) / n)]!),
  'one large value': (n) => withValues(n, (l) => (l === 0 ? 1 : 1e-4)),
  'rows that get smaller': (n) => random(n, (i) => 10 ** ((-6 * i) / n)),
  'columns that get smaller': (n) => random(n, (_, j) => 10 ** ((-6 * j) / n)),
  'a triangle of ones': (n) => matrix(n, n, (i, j) => (j <= i ? 1 : 0)),
  'a Hilbert matrix': (n) => matrix(n, n, (i, j) => 1 / (i + j + 1)),
  'equal rows, but one': (n) => matrix(n, n, (i, j) => (i === 1 ? j : 1)),
  zeros: (n) => matrix(n, n, () => 0),
}

type Decompose = (weights: tf.Tensor2D) => Readonly<Record<'U' | 'S' | 'V', tf.Tensor>>

/** As a user asks for it. */
const asked: Decompose = (weights) => svd({ weights }, {}) as ReturnType<Decompose>

/** As a GPU does it, of elements of up to 1. */
const byRotations: Decompose = (weights) => {
  const largest = tf.max(tf.abs(weights))
  const scale = tf.maximum(largest, tf.cast(tf.equal(largest, 0), 'float32'))
  const { values, left, right } = thinByRotations(tf.div(tf.transpose(weights), scale))
  return { U: right, S: tf.mul(values, scale), V: left }
}

/** How far an answer is from what the clause demands, as a share of what rounding explains. */
function utilization(W: Rows, decompose: Decompose): number {
  const { U, S, V } = tf.tidy(() => decompose(tf.tensor2d(W as number[][])))
  const [u, v] = [U!.arraySync(), V!.arraySync()] as [Rows, Rows]
  const s = [...S!.dataSync()]
  tf.dispose([U!, S!, V!])
  const p = 90 * Math.max(u.length, v.length) * 2 ** -24
  const norm = (A: Rows) => Math.hypot(...A.flat())
  const turned = (A: Rows) => matrix(A[0]!.length, A.length, (i, j) => A[j]![i]!)
  const sides = [u, v].map((X) => {
    const off = times(turned(X), X).flatMap((row, i) => row.map((x, j) => x - (i === j ? 1 : 0)))
    return Math.max(...off.map(Math.abs)) / (2 * p)
  })
  const product = times(
    matrix(u.length, s.length, (i, l) => u[i]![l]! * s[l]!),
    turned(v),
  )
  const residual = norm(matrix(u.length, v.length, (i, j) => W[i]![j]! - product[i]![j]!))
  return Math.max(...sides, residual / (p * norm(W) || 1))
}

const ways = [
  { name: 'wasm', by: 'loops', decompose: asked, upTo: 64 },
  { name: 'wasm', by: 'rotations', decompose: byRotations, upTo: 33 },
  { name: 'tensorflow', by: 'its own operation', decompose: asked, upTo: 64 },
] as const

for (const { name, by, decompose, upTo } of ways) {
  const { reason, skipped } = await tryToOpen(name)
  describe.skipIf(reason)(`singular value decomposition on ${name}, by ${by}${skipped}`, () => {
    let device: Device
    beforeAll(async () => {
      device = await openDevice(name)
      await useDevice(device)
    })
    afterAll(() => device.close())

    for (const n of [5, 16, 33, 64].filter((size) => size <= upTo)) {
      test.each(Object.keys(hard))(
        `of %s, ${n} × ${n}, takes less than half of the bound`,
        (matrix) => {
          expect(utilization(hard[matrix]!(n), decompose)).toBeLessThan(0.5)
        },
      )
    }
  })
}

/** Of which TensorFlow has vectors that are too long. */
const small: Rows = [
  [0, -(2 ** -57), 2 ** -27, 0],
  [-(2 ** -21), -1.5 * 2 ** -50, 0, 1.5 * 2 ** -47],
  [-1.5 * 2 ** -59, 0, 0, 0],
  [0, 0, 0, 0],
]

for (const name of ['wasm', 'tensorflow'] as const) {
  describe(`a diagonal of powers of two, on ${name}`, async () => {
    const { reason, skipped } = await tryToOpen(name)
    let device: Device | undefined
    afterAll(() => device?.close())

    test.skipIf(reason)(`keeps them${skipped}`, async () => {
      device = await openDevice(name)
      await useDevice(device)
      const n = 40
      // Powers of two, so that all on the way is exact.
      const values = Array.from({ length: n }, (_, l) => 2 ** -(l % 4))
      const W = matrix(n, n, (i, j) => (i === j ? values[i]! : 0))
      const { S } = tf.tidy(() => svd({ weights: tf.tensor2d(W as number[][]) }, {}))
      expect([...S!.dataSync()]).toEqual(values.toSorted((a, b) => b - a))
      S!.dispose()
    })

    test.skipIf(reason)(`vectors of values whose squares are no numbers${skipped}`, () => {
      expect(utilization(small, asked)).toBeLessThan(0.5)
      expect(utilization(small.slice(0, 3), asked)).toBeLessThan(0.5)
    })
  })
}
