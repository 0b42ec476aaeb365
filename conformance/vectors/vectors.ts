import * as fc from 'fast-check'
import { xorshift128plus } from 'pure-rand/generator/xorshift128plus'
import { Indeterminate } from '../../reference/arithmetic/arithmetic.ts'
import { lift, type NumberArray } from '../../reference/arithmetic/array.ts'
import { type Bounded, bounded } from '../../reference/arithmetic/bounded.ts'
import { ieee } from '../../reference/arithmetic/profile.ts'
import { references } from '../../reference/index.ts'
import type { Reference } from '../../reference/reference.ts'
import { clauses } from '../../spec/index.ts'
import type { Clause } from '../../spec/language/clause.ts'
import { unasked } from '../../spec/language/gradient.ts'
import type { Operation, Parameters, Sizes } from '../../spec/language/operation.ts'
import { realize } from '../arbitraries/fill.ts'
import { recipeDrawer } from '../arbitraries/recipe-arbitrary.ts'
import { mapValues } from '../base/records.ts'
import * as touchstone from '../base/touchstone.ts'
import { seedOf } from '../engine/cases.ts'
import { toWire, type WireTensor } from '../protocol/tensor.ts'

/** One case with what is right for it. */
export interface Vector {
  readonly sizes: Sizes
  readonly parameters: Parameters
  /** In float32. */
  readonly inputs: Readonly<Record<string, WireTensor>>
  /** What the reference says, in float64. */
  readonly expected: Readonly<Record<string, WireTensor>>
  /** For each element, the most that rounding in float32 can explain, in float64. */
  readonly bounds: Readonly<Record<string, WireTensor>>
}

/** The vectors of one operation: a file. */
export interface VectorFile {
  readonly format: 'touchstone-vectors/1'
  readonly operation: string
  readonly provenance: {
    readonly touchstone: string
    readonly node: string
    readonly seed: number
    readonly clauses: readonly string[]
    readonly bounds: { readonly precision: 'float32'; readonly profile: string }
  }
  readonly cases: readonly Vector[]
}

const arithmetic = bounded('float32', ieee)

/** How many cases are drawn for one that is kept; rounding leaves what the others are worth open. */
const mostDraws = 20

/**
 * Fixed test vectors of an operation: cases as the suite draws them, in turn on small integers, where
 * float32 is exact, and on all kinds of reals, with the reference's values and the derived bounds.
 */
export function vectorsOf(operation: Operation, cases: number, seed: number): VectorFile {
  const generator = xorshift128plus(seedOf(seed, operation.id))
  const draws = (['integers', 'reals'] as const).map((values) => recipeDrawer(operation, values))
  const vectors: Vector[] = []
  for (let drawn = 0; vectors.length < cases && drawn < cases * mostDraws; drawn++) {
    generator.jump()
    const recipe = draws[vectors.length % draws.length]!(new fc.Random(generator))
    const vector = vectorOf(operation, realize(operation, recipe))
    if (vector !== null) vectors.push(vector)
  }
  const concerned = (clauses as readonly Clause[]).filter(({ operations }) =>
    operations.some(({ id }) => id === operation.id),
  )
  return {
    format: 'touchstone-vectors/1',
    operation: operation.id,
    provenance: {
      touchstone: touchstone.version,
      node: process.version,
      seed,
      clauses: concerned.map(({ id }) => id),
      bounds: { precision: 'float32', profile: ieee.name },
    },
    cases: vectors,
  }
}

function vectorOf(operation: Operation, testCase: ReturnType<typeof realize>): Vector | null {
  const { sizes, parameters, inputs } = testCase
  const reference = (references as Readonly<Record<string, unknown>>)[
    operation.id
  ] as Reference<Operation>
  let outputs: Record<string, NumberArray<Bounded>>
  try {
    const arrays = mapValues(inputs, (tensor) => lift(arithmetic, tensor))
    outputs = reference(arithmetic, arrays, parameters as never) as typeof outputs
  } catch (error) {
    if (error instanceof Indeterminate) return null
    throw error
  }
  // Nothing can be said of an element that rounding can take anywhere.
  const open = Object.values(outputs).some(({ data }) =>
    data.some((x) => !Number.isFinite(arithmetic.error(x))),
  )
  if (open) return null
  const left = unasked(operation, inputs)
  const asked = Object.fromEntries(Object.entries(outputs).filter(([name]) => !left.includes(name)))
  const each = (read: (x: Bounded) => number) =>
    mapValues(asked, ({ shape, data }) =>
      toWire({ dtype: 'float64', shape, data: Float64Array.from(data, read) }),
    )
  return {
    sizes,
    parameters,
    inputs: mapValues(inputs, toWire),
    expected: each((x) => arithmetic.toNumber(x)),
    bounds: each((x) => arithmetic.error(x)),
  }
}
