import * as fc from 'fast-check'
import { xorshift128plus } from 'pure-rand/generator/xorshift128plus'
import { Indeterminate } from '../../reference/arithmetic/arithmetic.ts'
import { lift, type NumberArray } from '../../reference/arithmetic/array.ts'
import type { Bounded } from '../../reference/arithmetic/bounded.ts'
import { referencesById } from '../../reference/index.ts'
import { checkArguments } from '../../spec/language/check.ts'
import { ArgumentError } from '../../spec/language/errors.ts'
import { unasked } from '../../spec/language/gradient.ts'
import type { Operation, Parameters } from '../../spec/language/operation.ts'
import { type Case, elementsOf } from '../arbitraries/case.ts'
import { drawSeed } from '../arbitraries/draws.ts'
import { realize } from '../arbitraries/fill.ts'
import { RecipeMaker } from '../arbitraries/recipe.ts'
import { mapValues } from '../base/records.ts'
import { declinedBy } from '../engine/domain.ts'
import { boundedBy } from '../engine/expectations.ts'
import { gridOf } from '../engine/grid.ts'
import type { Implementation, Inputs } from '../engine/implementation.ts'
import { withheld } from '../engine/stateless.ts'

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

/** Among how many drawn cases those that tell most are looked for. */
const candidates = 60

/** Enough elements to tell axes apart, few enough to be read. */
const mostElements = 200

/**
 * Small cases of an operation that an implementation does not decline beforehand, on whole numbers, the
 * same ones in every run. Those come first on which most is to be seen, since their answers have several
 * elements that differ; so many as are wanted. Then, in case it refuses these, the usual configurations
 * and what else there is.
 */
export function smokeCases(
  operation: Operation,
  implementation: Implementation,
  wanted: number,
): readonly SmokeCase[] {
  const { usual = [] } = operation
  const support = implementation.supports?.[operation.id] ?? {}
  const within = typeof support === 'function' ? {} : support
  const maker = new RecipeMaker(operation, 'integers', { beyond: true, usual, within })
  const generator = xorshift128plus(0)
  const drawn = Array.from({ length: candidates + maker.usual.length }, (_, i) => {
    generator.jump()
    const random = new fc.Random(generator)
    const draws = maker.draw(random, { 'style usual': Math.max(0, i - candidates + 1) })
    const recipe = { ...maker.make(draws), seed: drawSeed(random) }
    return realize(operation, recipe, gridOf(implementation.precision))
  })
  const found = drawn.flatMap((testCase, i) => {
    if (declinedBy(implementation, { operation, ...testCase }) !== null) return []
    const expected = expectedOf(operation, testCase.inputs, testCase.parameters, implementation)
    if (expected === null || isOpen(expected)) return []
    const size = elementsOf(testCase)
    // Where none is small, the smallest have to do.
    const telling = size > mostElements ? -size : tellingOf(expected)
    return [{ smoke: { testCase, expected }, telling, isUsual: i >= candidates }]
  })
  const byTelling = found.toSorted((a, b) => b.telling - a.telling)
  const others = byTelling.filter(({ isUsual }) => !isUsual)
  const first = others.slice(0, wanted)
  return [...first, ...byTelling.filter(({ isUsual }) => isUsual), ...others.slice(wanted)].map(
    ({ smoke }) => smoke,
  )
}

/**
 * What the reference says; `null` where rounding leaves it open, or the arguments make no sense, as
 * those may that someone has misread.
 */
export function expectedOf(
  operation: Operation,
  inputs: Inputs,
  parameters: Parameters,
  implementation: Implementation,
): Readonly<Record<string, Expected>> | null {
  const { precision, profile } = implementation
  const arithmetic = boundedBy(precision, profile)
  let outputs: Readonly<Record<string, NumberArray<Bounded>>>
  try {
    checkArguments(operation, inputs, parameters)
    const arrays = mapValues(inputs, (tensor) => lift(arithmetic, tensor))
    outputs = referencesById[operation.id]!(arithmetic, arrays, parameters)
  } catch (error) {
    const isOpen = error instanceof Indeterminate || error instanceof RangeError
    if (isOpen || error instanceof ArgumentError) return null
    throw error
  }
  const left = [...withheld(implementation, operation), ...unasked(operation, inputs)]
  const returned = Object.entries(outputs).filter(([name]) => !left.includes(name))
  return mapValues(Object.fromEntries(returned), ({ shape, data }) => ({
    shape,
    data: data.map((x) => arithmetic.toNumber(x)),
    bounds: data.map((x) => arithmetic.error(x)),
  }))
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
