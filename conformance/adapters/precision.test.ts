import { describe, expect, it } from 'vitest'
import type { Arithmetic } from '../../reference/arithmetic/arithmetic.ts'
import { lift } from '../../reference/arithmetic/array.ts'
import { number } from '../../reference/arithmetic/number.ts'
import { formats, type Precision, roundTo } from '../../reference/arithmetic/precision.ts'
import { ieee } from '../../reference/arithmetic/profile.ts'
import { referencesById } from '../../reference/index.ts'
import { operations } from '../../spec/index.ts'
import { mapValues } from '../base/records.ts'
import { checkProperty } from '../engine/check.ts'
import type { Implementation } from '../engine/implementation.ts'
import { properties } from '../properties/index.ts'

/** The nearest number with so many bits, ties away from zero. */
function withBits(x: number, bits: number): number {
  if (x === 0 || !Number.isFinite(x)) return x
  const step = 2 ** (Math.floor(Math.log2(Math.abs(x))) + 1 - bits)
  return Math.round(x / step) * step
}

// A sum that makes no products would go round a multiplication that differs.
const { accumulator: _, ...plain } = number

/** What the tensor cores of a GPU do with float32: factors are rounded, sums are not. */
const tensorCores: Arithmetic<number> = {
  ...plain,
  multiply: (x, y) => {
    const { operandBits } = formats.tf32
    return number.multiply(withBits(x, operandBits), withBits(y, operandBits))
  },
}

/** The reference, evaluated in an arithmetic, as an implementation that declares a precision. */
function computing(arithmetic: Arithmetic<number>, precision: Precision): Implementation {
  return {
    name: 'simulated',
    version: '1',
    precision,
    profile: ieee,
    device: 'in this test',
    operations: Object.fromEntries(
      operations.map(({ id }) => [
        id,
        (inputs, parameters) => {
          const reference = referencesById[id]!
          const arrays = mapValues(inputs, (tensor) => lift(arithmetic, tensor))
          const outputs = reference(arithmetic, arrays, parameters)
          return mapValues(outputs, ({ shape, data }) => ({
            dtype: 'float32' as const,
            shape,
            data: Float32Array.from(data),
          }))
        },
      ]),
    ),
  }
}

async function outcomeOf(implementation: Implementation, id: string) {
  const property = properties.find((candidate) => candidate.id === id)!
  const options = { runs: 100, seed: 1, deadline: null, kept: [], shrink: false }
  const { verdict } = await checkProperty(property, implementation, referencesById, options)
  return verdict.outcome
}

describe('an implementation that rounds the factors of products to the 11 bits of TF32', () => {
  const real = 'cnn.conv2d.forward/bounded'

  it('violates when it declares float32', async () => {
    expect(await outcomeOf(computing(tensorCores, 'float32'), real)).toBe('violates')
  })

  it('conforms when it declares tf32', async () => {
    expect(await outcomeOf(computing(tensorCores, 'tf32'), real)).toBe('conforms')
  })

  it('conforms on small integers, which 11 bits hold, so that only real numbers tell', async () => {
    const exact = 'cnn.conv2d.forward/exact'
    expect(await outcomeOf(computing(tensorCores, 'float32'), exact)).toBe('conforms')
  })

  it('is told from one that computes in float32 as it says', async () => {
    expect(await outcomeOf(computing(number, 'float32'), real)).toBe('conforms')
  })
})

describe('an implementation in float16', () => {
  /** The reference, rounded at the end, with something done to each number that it gives. */
  const half = (change: (x: number) => number): Implementation => {
    const right = computing(number, 'float16')
    return {
      ...right,
      operations: mapValues(
        right.operations,
        (evaluate) => async (inputs, parameters) =>
          mapValues(await evaluate(inputs, parameters), (output) => ({
            ...output,
            data: Float32Array.from(output.data, (x) => roundTo('float16', change(x))),
          })),
      ),
    }
  }
  const selects = 'cnn.pool.max/bounded'
  const multiplies = 'cnn.conv2d.forward/bounded'

  it('conforms, rounded as it says', async () => {
    expect(
      await outcomeOf(
        half((x) => x),
        selects,
      ),
    ).toBe('conforms')
    expect(
      await outcomeOf(
        half((x) => x),
        multiplies,
      ),
    ).toBe('conforms')
  })

  it('is judged next to 65504', async () => {
    const saturates = half((x) => Math.min(32768, Math.max(-32768, x)))
    expect(await outcomeOf(saturates, selects)).toBe('violates')
    expect(await outcomeOf(saturates, multiplies)).toBe('violates')
  })

  it('is judged below the least normal number, where it only selects', async () => {
    // Zero in place of it is allowed, any other number is not.
    const wrong = half((x) => (Math.abs(x) < 2 ** -14 ? 8 * x : x))
    expect(await outcomeOf(wrong, selects)).toBe('violates')
  })
})
