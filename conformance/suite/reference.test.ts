import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Arithmetic, Indeterminate } from '../../reference/arithmetic/arithmetic.ts'
import { lift } from '../../reference/arithmetic/array.ts'
import { bounded } from '../../reference/arithmetic/bounded.ts'
import { extended, roundoff } from '../../reference/arithmetic/extended.ts'
import { number } from '../../reference/arithmetic/number.ts'
import { ieee } from '../../reference/arithmetic/profile.ts'
import { referencesById } from '../../reference/index.ts'
import { operationById, operations } from '../../spec/index.ts'
import type { Operation } from '../../spec/language/operation.ts'
import { type Case, elementsOf } from '../arbitraries/case.ts'
import { realize } from '../arbitraries/fill.ts'
import { recipes } from '../arbitraries/recipe-arbitrary.ts'
import { compareSlopes } from '../engine/gradient.ts'
import { gridOf } from '../engine/grid.ts'
import { gradients } from './gradients.ts'

const doubles = bounded('float64', ieee)

/** The smaller two thirds of what is drawn: a formula has no tiles, and each of its digits costs. */
function cases(operation: Operation, count: number): readonly Case[] {
  return fc
    .sample(recipes(operation, 'reals'), { seed: 7, numRuns: Math.ceil(1.5 * count) })
    .map((recipe) => realize(operation, recipe, gridOf('float64')))
    .toSorted((a, b) => elementsOf(a) - elementsOf(b))
    .slice(0, count)
}

/** The same inputs in an arithmetic, exactly, and what the reference makes of them. */
const inArithmetic =
  (operation: Operation, testCase: Case) =>
  <T>(arithmetic: Arithmetic<T>) => {
    const inputs = Object.entries(testCase.inputs)
    const lifted = Object.fromEntries(inputs.map(([name, x]) => [name, lift(arithmetic, x)]))
    return referencesById[operation.id]!(arithmetic, lifted, testCase.parameters)
  }

/** Elements on which doubles are further from 64 digits than the bound of doubles; `null` if it is open. */
function differences(operation: Operation, testCase: Case): readonly string[] | null {
  const evaluated = inArithmetic(operation, testCase)
  try {
    const bounds = evaluated(doubles)
    const [short, long] = [evaluated(number), evaluated(extended)]
    const found: string[] = []
    for (const [output, { shape, data }] of Object.entries(bounds)) {
      expect([short[output]!.shape, long[output]!.shape]).toEqual([shape, shape])
      for (const [i, bound] of data.entries()) {
        const error = doubles.error(bound)
        if (!Number.isFinite(error)) return null
        const [x, y] = [short[output]!.data[i]!, long[output]!.data[i]!]
        const off = extended.toNumber(extended.subtract(extended.exact(x), y).abs())
        const same = !Number.isFinite(x) && Object.is(x, y.toNumber())
        // A single rounding to 64 digits: what doubles hold exactly may have more of them.
        const rounding = roundoff * Math.abs(y.toNumber())
        if (!(same || off <= error + rounding))
          found.push(`${output}, element ${i}: ${x}, off by ${off}`)
      }
    }
    return found
  } catch (thrown) {
    if (thrown instanceof Indeterminate) return null
    throw thrown
  }
}

describe('every reference is within its own bound of 64 digits', () => {
  it.each(operations.map((operation) => [operation.id, operation] as const))(
    '%s',
    (_, operation) => {
      // Comparisons that rounding leaves open say nothing of a case, but then others must.
      let settled = 0
      for (const testCase of cases(operation, 50)) {
        const found = differences(operation, testCase)
        if (found === null) continue
        expect(found).toEqual([])
        settled++
        if (settled === 25) break
      }
      expect(settled).toBeGreaterThanOrEqual(15)
    },
  )
})

describe('every gradient agrees with difference quotients', () => {
  const all = operations.filter((operation: Operation) => operation.level === 'gradients')

  it('is named in the table, and nothing else is', () => {
    expect(Object.keys(gradients).toSorted()).toEqual(all.map(({ id }) => id as string).toSorted())
    const forward = Object.values(gradients).map(({ forward }) => forward)
    expect(forward.filter((operation) => operationById(operation.id) !== operation)).toEqual([])
  })

  it.for(Object.entries(gradients))('%s', ([id, of]) => {
    const gradient: Operation = operationById(id)!
    const slopes = cases(gradient, 20).flatMap((testCase) =>
      compareSlopes(gradient, of, referencesById, testCase, 1),
    )
    const smooth = slopes.filter((slope) => slope.smooth)
    expect(smooth.filter(({ agrees }) => !agrees)).toEqual([])
    // At a kink nothing is asked, but then others must have been.
    const outputs = Object.keys(gradient.outputs).filter((o) => !gradient.states?.includes(o))
    for (const output of outputs) {
      expect(smooth.filter((slope) => slope.output === output).length).toBeGreaterThanOrEqual(5)
    }
  })
})
