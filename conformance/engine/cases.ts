import * as fc from 'fast-check'
import { xorshift128plus } from 'pure-rand/generator/xorshift128plus'
import type { Precision } from '../../reference/arithmetic/precision.ts'
import type { References } from '../../reference/reference.ts'
import type { Space } from '../../spec/language/operation.ts'
import type { Case, Recipe } from '../arbitraries/case.ts'
import type { Planned } from '../arbitraries/draws.ts'
import { drawSeed } from '../arbitraries/draws.ts'
import { realize } from '../arbitraries/fill.ts'
import { Plan } from '../arbitraries/plan.ts'
import { RecipeMaker } from '../arbitraries/recipe.ts'
import { tellingOf } from '../arbitraries/telling.ts'
import { fromBase64, toBase64 } from '../base/base64.ts'
import { hash } from '../base/hash.ts'
import { workedOut } from '../base/worked-out.ts'
import type { Ranges } from '../protocol/ranges.ts'
import { Expectations } from './expectations.ts'
import { gridOf } from './grid.ts'
import { pairsOf } from './pairs.ts'
import type { Property } from './property.ts'

/** A case as it is given to implementations of one precision, and what the reference says of it. */
export interface Prepared {
  readonly testCase: Case
  readonly expectations: Expectations
}

/** One drawn or kept case, prepared once for all implementations of the same precision. */
export class Drawn {
  readonly #prepared = new Map<Precision, Prepared>()

  constructor(
    readonly property: Property,
    readonly references: References,
    readonly value: Recipe | Case,
    /** The numbers that the recipe was made of; `null` of a kept case. */
    readonly planned: Planned | null = null,
  ) {}

  on(precision: Precision): Prepared {
    const before = this.#prepared.get(precision)
    if (before !== undefined) return before
    const { value, property, references } = this
    const testCase = 'inputs' in value ? value : realize(property.space, value, gridOf(precision))
    const prepared = { testCase, expectations: new Expectations(references) }
    this.#prepared.set(precision, prepared)
    return prepared
  }
}

/** The cases of a property for a seed, one after the other and without end. */
export function* casesOf(
  property: Property,
  references: References,
  seed: number,
): Generator<Drawn, never> {
  const maker = makerOf(property)
  const generator = xorshift128plus(seedOf(seed, property.id))
  generator.jump()
  const random = new fc.Random(generator)
  for (const planned of inSequences(plannedFor(property, maker, seed, random), maker, random)) {
    const recipe = { ...(planned.recipe ?? maker.make(planned.draws)), seed: planned.seed }
    yield new Drawn(property, references, recipe, planned)
  }
  throw new Error(`${property.id} has no more cases`)
}

/** Cases of a property that tell much, each of which is judged only if the answer looks wrong; without end. */
export function* glancesOf(
  property: Property,
  references: References,
  seed: number,
): Generator<Drawn, never> {
  const maker = makerOf(property)
  const random = new fc.Random(xorshift128plus(seedOf(seed, property.id)))
  for (const numbers of tellingOf(maker, random)) {
    const planned = { draws: maker.draw(random, numbers), seed: drawSeed(random) }
    const recipe = { ...maker.make(planned.draws), seed: planned.seed }
    yield new Drawn(property, references, recipe, planned)
  }
  throw new Error(`${property.id} has no more cases to glance at`)
}

/** What cases of a property are made with: those of a comparison with the reference go beyond its ranges. */
export function makerOf(property: Property): RecipeMaker {
  const { space, values, operations, agrees = false } = property
  const ofSpace = makers.get(space) ?? new Map<string, RecipeMaker>()
  // What is made of the same numbers depends on nothing else of a property.
  const like = `${values} ${agrees} ${operations.map(({ id }) => id)}`
  const maker = ofSpace.get(like) ?? makerWithin(property, {})
  makers.set(space, ofSpace.set(like, maker))
  return maker
}

/** The same within ranges: of the same numbers the same cases, as far as these are within. */
export function makerWithin(property: Property, within: Ranges): RecipeMaker {
  const { space, values, operations, agrees = false } = property
  const usual = space.usual ?? operations.flatMap((operation) => operation.usual ?? [])
  return new RecipeMaker(space, values, { beyond: agrees, usual, within })
}

let makers = new WeakMap<Space, Map<string, RecipeMaker>>()

/**
 * Properties that compare an operation with its reference share a plan, and each takes its part. Of any
 * other, a fifth of the cases are usual configurations, as far as they are cases of its space.
 */
function* plannedFor(
  property: Property,
  maker: RecipeMaker,
  seed: number,
  random: fc.Random,
): Generator<Planned, void> {
  for (let plan = 0; property.agrees; plan++) {
    const of = property.shares?.plan ?? [property]
    const place = of.findIndex(({ id }) => id === property.id)
    yield* planOf(of, seedOf(seed + plan, property.operations[0]!.id)).part(place)
  }
  for (let i = 0; ; i++) {
    const { length } = maker.usual
    const usual = i % 5 === 1 && length > 0 ? 1 + random.nextInt(0, length - 1) : 0
    yield { draws: maker.draw(random, { 'style usual': usual }), seed: drawSeed(random) }
  }
}

let plans = new WeakMap<Property, { readonly seed: number; readonly plan: Plan }>()

/** Has the plans that were made, and what they were made with, made again where they are asked for. */
export function forgetPlans(): void {
  plans = new WeakMap()
  makers = new WeakMap()
}

/** The plan that several properties share, made once for a seed. */
function planOf(of: readonly Property[], seed: number): Plan {
  const before = plans.get(of[0]!)
  if (before?.seed === seed) return before.plan
  const shares = of.map(({ share }) => share)
  const pairs = pairsOf(of[0]!.operations[0]!)
  const plan = new Plan(of.map(makerOf), pairs, seed, shares)
  plans.set(of[0]!, { seed, plan })
  return plan
}

/**
 * The pairs that the plan of a property, and of those that share it, meets in a run, or met as far as it
 * was made in one that had not the time for it; `null` without a plan.
 */
export function plannedPairs(
  property: Property,
  seed: number,
  isComplete: boolean,
): Uint8Array | null {
  if (!property.agrees) return null
  const of = property.shares?.plan ?? [property]
  const planSeed = seedOf(seed, property.operations[0]!.id)
  if (isComplete) {
    const name = ['pairs', planSeed, ...of.map(({ id, share }) => `${id} ${share}`)].join(' ')
    return workedOut(name, () => planOf(of, planSeed).complete().met, {
      write: toBase64,
      read(text) {
        const met = fromBase64(text)
        if (met.length !== pairsOf(property.operations[0]!).count) throw new Error('of other pairs')
        return met
      },
    })
  }
  // A run that came to none of its cases has made no plan, which meets nothing then.
  const made = plans.get(of[0]!)
  return made?.seed === planSeed ? made.plan.met : null
}

/** After how many cases one is asked again with other arrays, or with the same and another parameter. */
const sequenceEvery = 9

/**
 * Has a case followed by its like now and then, which code that keeps something from call to call takes
 * for the same: the same shapes with other data; the same data with another value of a parameter; or
 * with two parts of one exchanged, such as two paddings, so that even the answer has the same shape.
 */
function* inSequences(
  plan: Iterable<Planned>,
  maker: RecipeMaker,
  random: fc.Random,
): Generator<Planned, void> {
  const parameters = maker.places
    .map(({ name, most }, at) => ({ name, most, at }))
    .filter(({ name }) => !/^(style|size|apart|order|distribution|own|magnitude|equal)/.test(name))
  const wholeOf = (name: string) => name.replace(/\[\d+\]$/, '')
  const pick = <T>(items: readonly T[]) => items[random.nextInt(0, items.length - 1)]!
  let i = 0
  for (const planned of plan) {
    yield planned
    i++
    if (i % sequenceEvery !== 0) continue
    if (i % (2 * sequenceEvery) !== 0 || parameters.length === 0) {
      yield { ...planned, seed: drawSeed(random) }
      continue
    }
    const { draws, seed } = planned
    const { name, most, at } = pick(parameters)
    const others = parameters.filter(
      (other) => wholeOf(other.name) === wholeOf(name) && draws[other.at] !== draws[at],
    )
    if (others.length === 0 || random.nextInt(0, 1) === 0) {
      yield { draws: draws.with(at, random.nextInt(0, most)), seed }
    } else {
      const other = pick(others)
      const exchanged = draws.with(at, draws[other.at]!).with(other.at, draws[at]!)
      yield { draws: exchanged, seed }
    }
  }
}

/** A seed of its own for each property, so that properties draw independent cases. */
export function seedOf(seed: number, property: string): number {
  return hash(property, seed)
}
