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

/** How many times the work of other cases a large one may be: a layer of 32 by 32 channels, 3 × 3, of 8 × 8. */
export const largeWork = 64

/**
 * The work that a case of a space is: for every element of its largest array, a product for every
 * index that the array does not have but others do; or what the signature itself says.
 *
 * Axes whose size has a lower bound, or follows from others, lie in windows that others move over, so
 * only free ones count twice: N × Ho × Wo × Q elements of a convolution with Hf × Wf × K products each.
 */
export function workOf(space: Space, sizes: Sizes, parameters: Parameters): number {
  const arrays: readonly ArrayInput[] = [
    ...Object.values(space.inputs),
    ...Object.values((space as Partial<Operation>).outputs ?? {}),
  ]
  const symbols = new Set(arrays.flatMap(({ axes }) => axes))
  let most = 1
  for (const { axes } of arrays) {
    let products = axes.reduce((count, symbol) => count * sizes[symbol]!, 1)
    for (const symbol of symbols) {
      if (space.dimensions[symbol]!.kind !== 'free' || axes.includes(symbol)) continue
      products *= Math.max(1, sizes[symbol]!)
    }
    most = Math.max(most, products)
  }
  return Math.max(most, space.work?.(sizes, parameters) ?? 0)
}
