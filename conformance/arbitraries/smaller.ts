import { mismatch } from '../../spec/language/mismatch.ts'
import type { Parameters, Sizes, Space } from '../../spec/language/operation.ts'
import { elements, type Tensor } from '../../spec/language/tensor.ts'
import { hasAllowedElements } from './allowed.ts'
import type { Case } from './case.ts'
import { complexity, simplerValues, withSizes } from './simpler.ts'

/**
 * Smaller valid cases to try on a failing one: all sizes as small as they get, then sizes that are
 * equal together, then each on its own by less and less, down to one less; then each parameter
 * simpler. Derived sizes, bounds and constraints follow; arrays keep their first elements along each
 * axis, or their last ones.
 *
 * Each is less than the case itself in the sum of sizes and of what parameters are worth, so that
 * taking one that still fails, and going on from it, ends.
 */
export function* smallerCases(space: Space, failing: Case): Generator<Case> {
  if (!isOf(space, failing)) return
  const worth = worthOf(space, failing)
  for (const [sizes, parameters] of changes(space, failing)) {
    for (const keep of ends) {
      const smaller = remade(space, failing, sizes, parameters, keep)
      if (smaller === null || worthOf(space, smaller) >= worth) continue
      if (hasAllowedElements(space, smaller)) yield smaller
    }
  }
}

/** Which elements of an axis remain: what is wrong may be at either end. */
const ends = ['first', 'last'] as const

type End = (typeof ends)[number]

/** Whether a case was drawn from a space: one that was worked by hand has no sizes, or other arrays. */
function isOf(space: Space, { sizes, inputs }: Case): boolean {
  const same = (described: object, given: object) =>
    Object.keys(described).toSorted().join() === Object.keys(given).toSorted().join()
  return same(space.dimensions, sizes) && same(space.inputs, inputs)
}

/** Sizes and parameters that may make a smaller case. */
function* changes(
  space: Space,
  { sizes, parameters }: Case,
): Generator<readonly [Sizes, Parameters]> {
  const least = (symbol: string) => {
    const dimension = space.dimensions[symbol]!
    return dimension.kind === 'free' ? dimension.min : 1
  }
  const own = Object.keys(space.dimensions).filter(
    (symbol) => space.dimensions[symbol]!.kind !== 'derived' && sizes[symbol]! > least(symbol),
  )
  const less = (symbols: readonly string[], by: number): Sizes => {
    const changed: Record<string, number> = { ...sizes }
    for (const symbol of symbols) changed[symbol] = Math.max(least(symbol), sizes[symbol]! - by)
    return changed
  }
  yield [less(own, Number.POSITIVE_INFINITY), parameters]
  const equal = own.map((symbol) => own.filter((other) => sizes[other] === sizes[symbol]))
  const together = equal.filter((group, i) => group.length > 1 && group[0] === own[i])
  for (const group of [...together, ...own.map((symbol) => [symbol])]) {
    const [first] = group
    for (let by = sizes[first!]! - least(first!); by > 0; by = Math.floor(by / 2)) {
      yield [less(group, by), parameters]
    }
  }
  for (const [name, parameter] of Object.entries(space.parameters)) {
    for (const value of simplerValues(parameter, parameters[name])) {
      yield [sizes, { ...parameters, [name]: value }]
    }
  }
}

/** The case with other sizes and parameters, as near to them as is valid; `null` if nothing is. */
function remade(
  space: Space,
  failing: Case,
  wanted: Sizes,
  parameters: Parameters,
  keep: End,
): Case | null {
  const { dimensions, constraints = [] } = space
  const sizes: Record<string, number> = { ...wanted }
  let told = parameters
  for (const { holds, repair } of constraints) {
    if (!holds(sizes, told)) told = repair(told, sizes)
  }
  for (const [symbol, dimension] of Object.entries(dimensions)) {
    if (dimension.kind !== 'at-least') continue
    sizes[symbol] = Math.max(sizes[symbol]!, 1, dimension.lower(sizes, told))
  }
  for (const [symbol, dimension] of Object.entries(dimensions)) {
    if (dimension.kind === 'derived') sizes[symbol] = dimension.size(sizes, told)
  }
  if (!Object.values(sizes).every((size) => Number.isSafeInteger(size) && size >= 0)) return null
  const given: Record<string, unknown> = {}
  for (const [name, parameter] of Object.entries(space.parameters)) {
    given[name] = withSizes(parameter, told[name], sizes)
    if (mismatch(parameter, given[name], name) !== undefined) return null
  }
  if (!constraints.every(({ holds }) => holds(sizes, given))) return null
  const inputs: Record<string, Tensor> = {}
  for (const [name, { axes }] of Object.entries(space.inputs)) {
    inputs[name] = cropped(
      failing.inputs[name]!,
      axes.map((symbol) => sizes[symbol]!),
      keep,
    )
  }
  return { ...failing, sizes, parameters: given, inputs }
}

/** What is to become less: the sizes that are not derived, and what parameters are worth. */
function worthOf(space: Space, { sizes, parameters }: Case): number {
  let worth = 0
  for (const [symbol, { kind }] of Object.entries(space.dimensions)) {
    if (kind !== 'derived') worth += sizes[symbol]!
  }
  for (const [name, parameter] of Object.entries(space.parameters)) {
    worth += complexity(parameter, parameters[name])
  }
  return worth
}

/** The elements at the indices that remain; where an axis grows, its elements over again. */
function cropped(tensor: Tensor, shape: readonly number[], keep: End): Tensor {
  if (shape.every((size, axis) => size === tensor.shape[axis])) return tensor
  const data = new (tensor.data.constructor as Float32ArrayConstructor)(elements(shape))
  if (tensor.data.length > 0) {
    const index = shape.map(() => 0)
    const skipped = tensor.shape.map((size, axis) =>
      keep === 'last' ? Math.max(0, size - shape[axis]!) : 0,
    )
    for (let i = 0; i < data.length; i++) {
      let from = 0
      for (const [axis, size] of tensor.shape.entries()) {
        from = from * size + ((skipped[axis]! + index[axis]!) % size)
      }
      data[i] = tensor.data[from]!
      for (let axis = shape.length - 1; axis >= 0; axis--) {
        if (++index[axis]! < shape[axis]!) break
        index[axis] = 0
      }
    }
  }
  return { ...tensor, shape, data }
}
