import type { unitCosts as spec } from '../../spec/efficient/shufflenet.ts'
import { fromData } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/**
 * Multiply-adds of the units of ResNet, ResNeXt and ShuffleNet.
 *
 * Formula    weights = 2cm + 9m², 2cm + 9m²/g, 2cm/g + 9m; multiplyAdds = h w · weights
 * Clauses    efficient.shufflenet.cost
 * Shapes     → multiplyAdds: [3], weights: [3]
 * Edges      one group: the first two are the same
 * Source     Zhang et al. (2018), section 3.2
 * Example    h = w = 1, c = 4, m = 2, g = 2 → 52, 34, 26
 */
export const unitCosts: Reference<typeof spec> = (
  { add, divide, exact, multiply },
  _,
  { rows, columns, channels, inside, groups },
) => {
  const [c, m, g, pixels] = [channels, inside, groups, rows * columns].map(exact) as [
    ReturnType<typeof exact>,
    ReturnType<typeof exact>,
    ReturnType<typeof exact>,
    ReturnType<typeof exact>,
  ]
  const ends = multiply(exact(2), multiply(c, m))
  const middle = multiply(exact(9), multiply(m, m))
  // Whole numbers: g divides c and m.
  const weights = [
    add(ends, middle),
    add(ends, divide(middle, g)),
    add(divide(ends, g), multiply(exact(9), m)),
  ]
  return {
    multiplyAdds: fromData(
      [3],
      weights.map((count) => multiply(pixels, count)),
    ),
    weights: fromData([3], weights),
  }
}
