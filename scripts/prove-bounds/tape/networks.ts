import { stream } from '../../../conformance/arbitraries/random.ts'
import type { Arithmetic } from '../../../reference/arithmetic/arithmetic.ts'
import { fromData, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { calculate } from '../../../reference/arithmetic/calculation.ts'
import { type Precision, roundTo } from '../../../reference/arithmetic/precision.ts'
import { stack, stackGradient } from '../../../reference/resnet/stack.ts'
import { descent, matrixRoot, sweepOfRotations } from './iterations.ts'
import { gated, memory, recurrent, throughTime } from './recurrent.ts'
import { adversarial, federated } from './rounds.ts'

/** Numbers of a format, in arrays. */
export type Draw = Readonly<Record<string, { shape: readonly number[]; data: readonly number[] }>>

/** Something deep that is put to the proof, written once for every arithmetic. */
export interface Deep {
  readonly title: string
  draw(seed: number, precision: Precision): Draw
  run<T>(
    arithmetic: Arithmetic<T>,
    arrays: Readonly<Record<string, NumberArray<T>>>,
    seed: number,
  ): T[]
  /** How many trials it gets, beside others; fewer where each costs more. */
  readonly share?: number
  /** How many follow one another on what was written down once, 12 unless told otherwise. */
  readonly inARow?: number
}

/** Normal numbers: the sum of twelve uniform ones is close enough to one. */
const normal = (random: { unit(): number }) =>
  Array.from({ length: 12 }, () => random.unit()).reduce((sum, x) => sum + x, -6)

/** Arrays of independent numbers with the given standard deviations. */
export function normals(
  spec: Readonly<Record<string, readonly [scale: number, ...shape: number[]]>>,
) {
  return (seed: number, precision: Precision): Draw =>
    Object.fromEntries(
      Object.entries(spec).map(([name, [scale, ...shape]]) => {
        const random = stream(seed, name)
        const count = shape.reduce((product, size) => product * size, 1)
        const data = Array.from({ length: count }, () => roundTo(precision, scale * normal(random)))
        return [name, { shape, data }]
      }),
    )
}

/** A symmetric matrix with eigenvalues in about (0.2, 1), as an iteration for its root needs it. */
function definite(N: number) {
  return (seed: number, precision: Precision): Draw => {
    const random = stream(seed, 'A')
    const B = Array.from({ length: N * N }, () => normal(random))
    const data = Array.from({ length: N * N }, (_, at) => {
      const [i, j] = [Math.floor(at / N), at % N]
      let sum = 0
      for (let k = 0; k < N; k++) sum += B[i * N + k]! * B[j * N + k]!
      return roundTo(precision, (0.8 * sum) / (4 * N) + (i === j ? 0.2 : 0))
    })
    return { A: { shape: [N, N], data } }
  }
}

function recurrence(units: number, steps: number) {
  const deviation = 1 / Math.sqrt(units)
  return normals({
    x: [1, steps, 4],
    W: [0.5, units, 4],
    U: [deviation, units, units],
    b: [0.1, units],
  })
}

function gates(names: string, units: number, steps: number) {
  const spec: Record<string, readonly [number, ...number[]]> = { x: [1, steps, 4] }
  for (const name of names) {
    spec[`W${name}`] = [0.5, units, 4]
    spec[`U${name}`] = [1 / Math.sqrt(units), units, units]
    spec[`b${name}`] = [0.1, units]
  }
  return normals(spec)
}

const stacked = (L: number, D: number) =>
  normals({ x: [1, D], weights: [0.3 / Math.sqrt(D), L, D, D], biases: [0.1, L, D], dy: [1, D] })

const residual = { shortcut: 'identity', activation: 'tanh' } as const

/** Everything deep that is put to the proof. */
export const networks: readonly Deep[] = [
  ...[5, 20, 50].map((steps) => ({
    title: `recurrent layer, 16 units, ${steps} steps`,
    draw: recurrence(16, steps),
    run: recurrent,
  })),
  { title: 'LSTM, 16 units, 50 steps', draw: gates('ifog', 16, 50), run: memory, share: 0.2 },
  {
    title: 'LSTM, 16 units, 200 steps',
    draw: gates('ifog', 16, 200),
    run: memory,
    share: 0.08,
    inARow: 24,
  },
  { title: 'GRU, 8 units, 30 steps', draw: gates('zrg', 8, 30), run: gated },
  {
    title: 'gradients through time, 8 units, 50 steps',
    draw: recurrence(8, 50),
    run: (arithmetic, arrays) => throughTime(arithmetic, arrays),
  },
  {
    title: 'residual stack, 50 layers of 8',
    draw: stacked(50, 8),
    run: (arithmetic, arrays) => [...stack(arithmetic, arrays as never, residual).y.data],
  },
  {
    title: 'its gradients',
    draw: stacked(50, 8),
    run: (arithmetic, arrays) => [...stackGradient(arithmetic, arrays as never, residual).dx.data],
  },
  {
    title: 'descent, 20 steps',
    draw: normals({ x: [1, 6, 4], y: [1, 6], V: [0.5, 5, 4], w: [0.5, 5] }),
    run: (arithmetic, arrays) => descent(arithmetic, arrays),
  },
  {
    title: 'federated averaging, 4 clients, 5 rounds',
    draw: normals({ x: [1, 4, 6, 3], y: [0.5, 4, 6], w: [0.5, 3] }),
    run: federated,
  },
  {
    title: 'generator against discriminator, 10 steps',
    draw: normals({
      x: [1, 5, 2],
      z: [1, 5, 2],
      A: [0.7, 2, 2],
      c: [0.5, 2],
      V: [0.7, 4, 2],
      u: [0.5, 4],
      e: [0.1, 4],
    }),
    run: adversarial,
  },
  { title: 'root of a matrix, 8 × 8', draw: definite(8), run: matrixRoot },
  { title: 'sweep of rotations, 5 × 5', draw: definite(5), run: sweepOfRotations },
  {
    title: 'random expressions',
    draw: (seed, precision) =>
      normals({ x: [precision === 'float16' ? 0.5 : 2, 6] })(seed, precision),
    share: 100,
    run: (arithmetic, { x }, seed) => calculate(arithmetic, x!.data, stream(seed, 'steps')),
  },
]

/** The arrays of a draw as exact numbers of an arithmetic. */
export function lifted<T>({ exact }: Arithmetic<T>, draw: Draw): Record<string, NumberArray<T>> {
  return Object.fromEntries(
    Object.entries(draw).map(([name, { shape, data }]) => [name, fromData(shape, data.map(exact))]),
  )
}
