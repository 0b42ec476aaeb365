import * as fc from 'fast-check'
import { xorshift128plus } from 'pure-rand/generator/xorshift128plus'
import { Indeterminate } from '../../reference/arithmetic/arithmetic.ts'
import { lift, type NumberArray } from '../../reference/arithmetic/array.ts'
import { type Bounded, bounded } from '../../reference/arithmetic/bounded.ts'
import { referencesById } from '../../reference/index.ts'
import type { Operation, Parameters } from '../../spec/language/operation.ts'
import { elements } from '../../spec/language/tensor.ts'
import type { Case } from '../arbitraries/case.ts'
import { realize } from '../arbitraries/fill.ts'
import { recipeDrawer } from '../arbitraries/recipe.ts'
import { gridOf } from '../engine/grid.ts'
import type { Implementation, Inputs } from '../engine/implementation.ts'

/** An array as it should be: on whole numbers exact, else with what rounding may change. */
export interface Expected {
  readonly shape: readonly number[]
  readonly data: readonly number[]
  readonly bounds: readonly number[]
}

export interface SmokeCase {
  readonly testCase: Case
  readonly expected: Readonly<Record<string, Expected>>
}

/** How many cases each operation gets, and among how many they are looked for. */
const [cases, candidates] = [4, 60]

/** Enough elements to tell axes apart, few enough to be read. */
const mostElements = 200

/**
 * A few small cases of an operation, on whole numbers, the same ones in every run: those on which
 * most is to be seen, since their answers have several elements that differ.
 */
export function smokeCases(
  operation: Operation,
  implementation: Implementation,
): readonly SmokeCase[] {
  const draw = recipeDrawer(operation, 'integers')
  const generator = xorshift128plus(0)
  const found: { readonly smoke: SmokeCase; readonly telling: number }[] = []
  for (let i = 0; i < candidates; i++) {
    generator.jump()
    const recipe = draw(new fc.Random(generator))
    const testCase = realize(operation, recipe, gridOf(implementation.precision))
    const size = Object.values(testCase.inputs).reduce((sum, { shape }) => sum + elements(shape), 0)
    const expected = expectedOf(operation, testCase.inputs, testCase.parameters, implementation)
    if (expected === null || isOpen(expected)) continue
    // Where none is small, the smallest have to do.
    const telling = size > mostElements ? -size : tellingOf(expected)
    found.push({ smoke: { testCase, expected }, telling })
  }
  return found
    .sort((a, b) => b.telling - a.telling)
    .slice(0, cases)
    .map(({ smoke }) => smoke)
}

/** What the reference says; `null` where rounding leaves it open, or the arguments make no sense. */
export function expectedOf(
  operation: Operation,
  inputs: Inputs,
  parameters: Parameters,
  { precision, profile }: Implementation,
): Readonly<Record<string, Expected>> | null {
  const reference = referencesById[operation.id]!
  const arithmetic = bounded(precision, profile)
  const arrays = Object.fromEntries(
    Object.entries(inputs).map(([name, tensor]) => [name, lift(arithmetic, tensor)]),
  )
  let outputs: Readonly<Record<string, NumberArray<Bounded>>>
  try {
    outputs = reference(arithmetic, arrays, parameters)
  } catch (error) {
    if (error instanceof Indeterminate || error instanceof RangeError) return null
    throw error
  }
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { shape, data }]) => [
      name,
      {
        shape,
        data: data.map((x) => arithmetic.toNumber(x)),
        bounds: data.map((x) => arithmetic.error(x)),
      },
    ]),
  )
}

/** Whether rounding may change an element by any amount, so that every answer would do. */
function isOpen(expected: Readonly<Record<string, Expected>>): boolean {
  return Object.values(expected).some(({ bounds }) => !bounds.every(Number.isFinite))
}

/** How many different numbers the answers have, in how many different sizes. */
function tellingOf(expected: Readonly<Record<string, Expected>>): number {
  return Object.values(expected).reduce(
    (sum, { data, shape }) => sum + new Set(data).size * (new Set(shape).size + 1),
    0,
  )
}
