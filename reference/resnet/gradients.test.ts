import { describe, expect, test } from 'vitest'
import { float32Grid, realize } from '../../conformance/arbitraries/fill.ts'
import { inference, trainingGradient, trainingLoss } from '../../spec/inception/auxiliary.ts'
import { pooledHead, pooledHeadGradient } from '../../spec/inception/head.ts'
import type { Operation, Parameters } from '../../spec/language/operation.ts'
import { block, blockGradient } from '../../spec/resnet/block.ts'
import { bottleneck, bottleneckGradient } from '../../spec/resnet/bottleneck.ts'
import { projectionBlock, projectionBlockGradient } from '../../spec/resnet/projection.ts'
import { stack, stackGradient } from '../../spec/resnet/stack.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { fromData, lift, type NumberArray } from '../arithmetic/array.ts'
import { bounded } from '../arithmetic/bounded.ts'
import { number } from '../arithmetic/number.ts'
import { ieee } from '../arithmetic/profile.ts'
import { references } from '../index.ts'

type Arrays<T = number> = Record<string, NumberArray<T>>

function evaluate<T>(
  arithmetic: Arithmetic<T>,
  operation: Operation,
  inputs: Arrays<T>,
  parameters: Parameters,
): Arrays<T> {
  const reference = references[operation.id as keyof typeof references] as unknown as (
    arithmetic: Arithmetic<T>,
    inputs: Arrays<T>,
    parameters: Parameters,
  ) => Arrays<T>
  return reference(arithmetic, inputs, parameters)
}

/** All sizes as small as they go, or given; derived ones follow. */
function sizesOf(operation: Operation, given: Record<string, number>, parameters: Parameters) {
  const sizes: Record<string, number> = { ...given }
  for (const [symbol, dimension] of Object.entries(operation.dimensions)) {
    if (dimension.kind === 'derived') sizes[symbol] = dimension.size(sizes, parameters)
  }
  return sizes
}

const step = 2 ** -14

/** Doubles that know how far they may be off. */
const doubles = bounded('float64', ieee)

/**
 * Central differences of ⟨output, upstream⟩ by every element of every input, with what they may be off. All blocks are of
 * degree one in any single element between two bends, so there the difference has no error but rounding; for tanh and
 * losses it is of the order of the square of the step, and four times as large when that doubles: it is a third of what
 * both differ by, of which the double is allowed, for what comes after the square.
 */
function differences(
  forward: Operation,
  inputs: Arrays,
  parameters: Parameters,
  output: string,
  upstream: NumberArray<number>,
) {
  const weights = upstream.data.map(doubles.exact)
  const value = (some: Arrays) => {
    const exact = Object.entries(some).map(([name, { shape, data }]) => [
      name,
      fromData(shape, data.map(doubles.exact)),
    ])
    const y = evaluate(doubles, forward, Object.fromEntries(exact), parameters)[output]!
    return doubles.total(y.data.map((y, k) => doubles.multiply(y, weights[k]!)))
  }
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { shape, data }]) => {
      const slopes = data.map((_, k) => {
        const moved = (by: number) => {
          const other = fromData(shape, data.with(k, data[k]! + by))
          return value({ ...inputs, [name]: other })
        }
        const quotient = (by: number) => {
          const difference = doubles.subtract(moved(by), moved(-by))
          return { slope: difference.value / (2 * by), off: doubles.error(difference) / (2 * by) }
        }
        const [{ slope, off }, twice] = [quotient(step), quotient(2 * step)]
        return { slope, error: 2 * (Math.abs(twice.slope - slope) + twice.off) + 3 * off }
      })
      return [name, slopes]
    }),
  )
}

const nameOfGradient = (input: string) =>
  input === 'x' ? 'dx' : `d${input[0]!.toUpperCase()}${input.slice(1)}`

const image = { N: 2, H: 3, W: 4, C: 2, Q: 3, B: 3, K: 2 }
const units = { L: 3, D: 3, N: 2, Q: 2 }

interface Pair {
  readonly forward: Operation
  readonly gradient: Operation
  readonly output: string
  readonly upstream: string | null
  readonly parameters: readonly Parameters[]
}

const variants = ['original', 'linear', 'pre-activation'].flatMap((variant) => [
  { shortcut: 'identity', variant },
  { shortcut: 'none', variant },
])
const strided = variants.flatMap(({ variant }) => [
  { stride: 1, variant },
  { stride: 2, variant },
  { stride: 3, variant },
])
const activations = ['linear', 'tanh'].map((activation) => ({ activation }))

const pairs: readonly Pair[] = [
  { forward: block, gradient: blockGradient, output: 'y', upstream: 'dy', parameters: variants },
  {
    forward: projectionBlock,
    gradient: projectionBlockGradient,
    output: 'y',
    upstream: 'dy',
    parameters: strided,
  },
  {
    forward: bottleneck,
    gradient: bottleneckGradient,
    output: 'y',
    upstream: 'dy',
    parameters: variants,
  },
  {
    forward: stack,
    gradient: stackGradient,
    output: 'y',
    upstream: 'dy',
    parameters: activations.flatMap((it) => [
      { ...it, shortcut: 'identity' },
      { ...it, shortcut: 'none' },
    ]),
  },
  {
    forward: trainingLoss,
    gradient: trainingGradient,
    output: 'loss',
    upstream: null,
    parameters: activations.flatMap((it) => [
      { ...it, weight: 0.3 },
      { ...it, weight: 0 },
    ]),
  },
  {
    forward: pooledHead,
    gradient: pooledHeadGradient,
    output: 'z',
    upstream: 'dz',
    parameters: [{}],
  },
]

describe.each(pairs)('$gradient.id is the gradient of $forward.id', (pair) => {
  const { forward, gradient, output, upstream } = pair
  test.each(pair.parameters)('%o', (parameters) => {
    const symbols = Object.keys(gradient.dimensions)
    const known = Object.entries({ ...image, ...(symbols.includes('D') ? units : {}) })
    const given = Object.fromEntries(known.filter(([symbol]) => symbols.includes(symbol)))
    const sizes = sizesOf(gradient, { C: 2, ...given }, parameters)
    for (let seed = 1; seed <= 3; seed++) {
      const recipe = { sizes, parameters, distribution: 'normal', seed }
      const the = realize(gradient, recipe, float32Grid)
      const arrays = Object.fromEntries(
        Object.entries(the.inputs).map(([name, tensor]) => [name, lift(number, tensor)]),
      )
      const own = Object.fromEntries(
        Object.keys(forward.inputs).map((name) => [name, arrays[name]!]),
      )
      const one = fromData([], [1])
      const slopes = differences(
        forward,
        own,
        parameters,
        output,
        upstream === null ? one : arrays[upstream]!,
      )
      const answer = evaluate(number, gradient, arrays, parameters)
      const inputOf = (output: string) =>
        Object.keys(slopes).find((input) => nameOfGradient(input) === output)!
      for (const [name, given] of Object.entries(answer)) {
        const input = inputOf(name)
        slopes[input]!.forEach(({ slope, error }, k) => {
          expect(Math.abs(given.data[k]! - slope), `${input} ${k}`).toBeLessThanOrEqual(error)
        })
      }
    }
  })
})

test('the answer of the trained network has no slope by the auxiliary classifiers', () => {
  const sizes = sizesOf(inference, units, {})
  const the = realize(inference, { sizes, parameters: {}, distribution: 'normal', seed: 4 })
  const arrays = Object.fromEntries(
    Object.entries(the.inputs).map(([name, tensor]) => [name, lift(number, tensor)]),
  )
  const parameters = { activation: 'tanh' }
  const ones = fromData([2, 2], [1, 1, 1, 1])
  const { heads } = differences(inference, arrays, parameters, 'z', ones)
  const auxiliary = (heads!.length / 3) * 2
  expect(heads!.slice(0, auxiliary).map(({ slope }) => slope)).toEqual(new Array(auxiliary).fill(0))
  expect(heads!.slice(auxiliary).every(({ slope }) => slope !== 0)).toBe(true)
})
