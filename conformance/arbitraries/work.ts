import type {
  ArrayInput,
  Operation,
  Parameters,
  Sizes,
  Space,
} from '../../spec/language/operation.ts'
import type { Values } from './case.ts'

/**
 * How much work a case may be, in products or so. Whole numbers are compared without bounds, which the
 * reference is several times faster at.
 */
export const mostWork: Readonly<Record<Values, number>> = { integers: 10_000, reals: 2_500 }

/** The same of a large case: of whole numbers, a layer of 32 by 32 channels, 3 × 3, of 8 × 8. */
export const largeWork: typeof mostWork = { integers: 640_000, reals: 40_000 }

/**
 * The most work of a case of a space. What rounds on whole numbers, too, is compared with bounds
 * whatever the numbers are.
 */
export function mostWorkOf(space: Space, values: Values, parameters: Parameters): number {
  const effort = space.effort?.(parameters) ?? null
  return effort === null ? mostWork[values] : mostWork.reals
}

/** The same of a large case. */
export function mostLargeWork(space: Space, values: Values, parameters: Parameters): number {
  const effort = space.effort?.(parameters) ?? null
  return effort === null ? largeWork[values] : largeWork.reals / effort
}

/**
 * The work that a case of a space is: for every element of its largest array, a product for every
 * index that the array does not have but others do; or what the signature itself says.
 *
 * Axes whose size has a lower bound, or follows from others, lie in windows that others move over, so
 * only free ones count twice: N × Ho × Wo × Q elements of a convolution with Hf × Wf × K products each.
 */
export function workOf(space: Space, sizes: Sizes, parameters: Parameters): number {
  let most = 1
  for (const { axes, others } of productsIn(space)) {
    let products = 1
    for (const symbol of axes) products *= sizes[symbol]!
    for (const symbol of others) products *= Math.max(1, sizes[symbol]!)
    most = Math.max(most, products)
  }
  return Math.max(most, space.work?.(sizes, parameters) ?? 0)
}

/** Of each array, its axes, and the free axes that only others have. */
interface Products {
  readonly axes: readonly string[]
  readonly others: readonly string[]
}

const known = new WeakMap<Space, readonly Products[]>()

/** Found once for every space: the work of several candidates for each case is asked for. */
function productsIn(space: Space): readonly Products[] {
  const before = known.get(space)
  if (before !== undefined) return before
  const arrays: readonly ArrayInput[] = [
    ...Object.values(space.inputs),
    ...Object.values((space as Partial<Operation>).outputs ?? {}),
  ]
  const free = [...new Set(arrays.flatMap(({ axes }) => axes))].filter(
    (symbol) => space.dimensions[symbol]!.kind === 'free',
  )
  const products = arrays.map(({ axes }) => ({
    axes,
    others: free.filter((symbol) => !axes.includes(symbol)),
  }))
  known.set(space, products)
  return products
}
