import type { generatorShapes as spec } from '../../spec/gan/dcgan.ts'
import { build } from '../arithmetic/array.ts'
import { product } from '../arithmetic/product.ts'
import type { Reference } from '../reference.ts'

/**
 * Shapes and parameters of a generator of transposed convolutions.
 *
 * Formula    H_l = (H_(l−1) − 1)·S_l + H'_l − 2 P_l + o_l, W_l likewise;
 *            N_0 = Z·H_0·W_0·K_0 + (H_0·W_0·K_0 with biases) + (2 K_0 where normalized),
 *            N_l = H'_l²·K_(l−1)·K_l + (K_l with biases) + (2 K_l where normalized)
 * Clauses    gan.dcgan.shapes
 * Shapes     → shapes: [L, 3], parameters: [L]
 * Edges      none
 * Source     Radford, Metz, Chintala (2016), figure 1
 * Example    1 number, 1 × 1 × 1, a layer of 2 × 2 with stride 2, no biases → 1 × 1 × 1, 2 × 2 × 1 and
 *            1, 4 parameters
 */
export const generatorShapes: Reference<typeof spec> = (arithmetic, _, given) => {
  const { add, exact, total } = arithmetic
  const shapes: (readonly [H: number, W: number, K: number])[] = [
    [given.rows, given.columns, given.channels],
  ]
  for (const { channels, kernel, stride, padding, outputPadding } of given.layers) {
    const [H, W] = shapes.at(-1)!
    const behind = (size: number) => (size - 1) * stride + kernel - 2 * padding + outputPadding
    shapes.push([behind(H), behind(W), channels])
  }

  const projected = product(arithmetic, ...shapes[0]!)
  const projection = total([
    product(arithmetic, given.noise, ...shapes[0]!),
    given.bias ? projected : exact(0),
    exact(given.normalized ? 2 * given.channels : 0),
  ])
  const learned = given.layers.map(({ kernel, channels, bias, normalized }, l) =>
    add(
      product(arithmetic, kernel, kernel, shapes[l]![2], channels),
      exact((bias ? channels : 0) + (normalized ? 2 * channels : 0)),
    ),
  )
  return {
    shapes: build([shapes.length, 3], (l, axis) => exact(shapes[l]![axis]!)),
    parameters: build([shapes.length], (l) => (l === 0 ? projection : learned[l - 1]!)),
  }
}
