import type { RecipeMaker } from '../arbitraries/recipe.ts'
import { outside, type Range, type Ranges } from '../protocol/ranges.ts'
import { Drawn, makerWithin } from './cases.ts'
import type { Implementation } from './implementation.ts'
import type { Property } from './property.ts'

/** The ranges that cases of a property are drawn from for one implementation. */
export interface Domain {
  readonly ranges: Ranges
  /** Makes the same cases of the same numbers where these are within the ranges, and others where not. */
  readonly maker: RecipeMaker
}

/** A place in the sequence of the cases of a property, on one implementation. */
export interface CasePlace {
  readonly tried: Drawn
  /** What is there for others, and why this implementation does not take it; `null` where it does. */
  readonly instead: { readonly of: Drawn; readonly reason: string } | null
}

/**
 * What an implementation declares by ranges of the operations that a property asks, as far as its cases
 * have sizes, parameters and arrays of the same names; `null` without any. Questions that a law makes of a case
 * may still be outside, and are declined when they come up.
 */
export function domainOf(
  property: Property,
  { supports = {}, levels }: Implementation,
): Domain | null {
  const { space, operations } = property
  const sizes: Record<string, Range> = {}
  const parameters: Record<string, Range> = {}
  const absent = new Set<string>()
  for (const operation of operations) {
    const support = supports[operation.id]
    // Of a level that is claimed, nothing can be left out.
    if (support === undefined || typeof support === 'function') continue
    if (levels?.includes(operation.level)) continue
    for (const [symbol, range] of Object.entries(support.sizes ?? {})) {
      if (symbol in space.dimensions) sizes[symbol] ??= range
    }
    for (const [name, range] of Object.entries(support.parameters ?? {})) {
      const kind = space.parameters[name]?.kind
      if (kind === operation.parameters[name]?.kind) parameters[name] ??= range
    }
    for (const name of support.absent ?? []) if (space.inputs[name]?.optional) absent.add(name)
  }
  if (Object.keys(sizes).length + Object.keys(parameters).length + absent.size === 0) return null
  const ranges = { sizes, parameters, absent: [...absent] }
  return { ranges, maker: makerWithin(property, ranges) }
}

/** A drawn case, or one from the same numbers that is within the ranges of an implementation. */
export function placeOf(drawn: Drawn, domain: Domain | null): CasePlace {
  const { property, references, value, planned } = drawn
  if (domain === null || planned === null) return { tried: drawn, instead: null }
  const { ranges, maker } = domain
  const reason = outside(ranges, property.space, value)
  if (reason === null) return { tried: drawn, instead: null }
  const recipe = { ...maker.make(planned.draws), seed: planned.seed }
  const tried = new Drawn(property, references, recipe, planned)
  return { tried, instead: { of: drawn, reason } }
}
