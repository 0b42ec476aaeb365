import { mismatch } from '../../spec/language/mismatch.ts'
import type { Parameters, Sizes, Space } from '../../spec/language/operation.ts'
import type { Tensor } from '../../spec/language/tensor.ts'
import type { Case } from './case.ts'
import { withSizes } from './simpler.ts'

/** Whether a case was drawn from a space: one that was worked by hand has no sizes, or other arrays. */
export function isOf(space: Space, { sizes, inputs }: Case): boolean {
  const same = (described: object, given: object) =>
    Object.keys(described).toSorted().join() === Object.keys(given).toSorted().join()
  return same(space.dimensions, sizes) && same(space.inputs, inputs)
}

/** The least size of an axis by itself, whatever bounds it besides. */
export function leastOf({ dimensions }: Space, symbol: string): number {
  const dimension = dimensions[symbol]!
  return dimension.kind === 'free' ? dimension.min : 1
}

/** The case with other sizes and parameters, as near to them as is valid; `null` if nothing is. */
export function remade(
  space: Space,
  failing: Case,
  wanted: Sizes,
  parameters: Parameters,
  kept: (tensor: Tensor, axes: readonly string[], shape: readonly number[]) => Tensor,
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
    const shape = axes.map((symbol) => sizes[symbol]!)
    inputs[name] = kept(failing.inputs[name]!, axes, shape)
  }
  return { ...failing, sizes, parameters: given, inputs }
}
