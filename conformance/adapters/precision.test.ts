import { describe, expect, it } from 'vitest'
import type { Arithmetic } from '../../reference/arithmetic/arithmetic.ts'
import { lift } from '../../reference/arithmetic/array.ts'
import { number } from '../../reference/arithmetic/number.ts'
import { formats, type Precision } from '../../reference/arithmetic/precision.ts'
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

/** What the tensor cores of a GPU do with float32: factors are rounded, sums are not. */
const tensorCores: Arithmetic<number> = {
  ...number,
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
  const options = { runs: 50, seed: 1, deadline: null, kept: [], shrink: false }
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
