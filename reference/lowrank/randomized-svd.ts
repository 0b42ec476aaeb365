import type { randomizedSvd as spec } from '../../spec/lowrank/randomized-svd.ts'
import { build, elementwise, type NumberArray, sumOfProducts } from '../arithmetic/array.ts'
import { number } from '../arithmetic/number.ts'
import { roundingsOfSvd } from '../layers/svd-accuracy.ts'
import { svd as decompose } from '../matrix.ts'
import type { Reference } from '../reference.ts'

type Matrix = NumberArray<number>

const product = (A: Matrix, B: Matrix): Matrix =>
  build([A.shape[0]!, B.shape[1]!], (i, j) =>
    sumOfProducts(
      number,
      [A.shape[1]!],
      (l) => A.at(i, l!),
      (l) => B.at(l!, j),
    ),
  )
const turned = (A: Matrix): Matrix => build(A.shape.toReversed(), (i, j) => A.at(j, i))

/**
 * Randomized singular value decomposition.
 *
 * Formula    Q of weights · test, made orthonormal; as often as there are powers, Q of weights · (weightsᵀ · Q), made
 *            orthonormal after either product; Qᵀ · weights = Ũ diag(S) Vᵀ, U = Q Ũ
 * Clauses    lowrank.randomized-svd
 * Shapes     weights: [H, W], test: [W, R] → U: [H, R], S: [R], V: [W, R], R up to min(H, W)
 * Edges      the vectors are those of one of many right answers, and so are the values where images of test vectors
 *            depend on each other, so that nothing is said of single elements
 * Precision  images that are off by E turn what they span by ‖E‖ over their least singular value at most, and every
 *            value by that share of the norm
 * Source     Halko, Martinsson, Tropp (2011), algorithms 4.4 and 5.1
 * Example    weights = diag(7, 1), test = (1, 7)ᵀ: U = (1, 1)ᵀ / √2 but for its sign, S = √((49 + 1) / 2) = 5
 */
export const randomizedSvd: Reference<typeof spec> = (arithmetic, inputs, { powers }) => {
  const { exact, normwise, toNumber } = arithmetic
  const [A, test] = [inputs.weights, inputs.test].map((array) => elementwise(array, toNumber))
  // No power of a large or small number is beyond all doubles.
  const largest = Math.max(...A!.data.map(Math.abs)) || 1
  const W = elementwise(A!, (w) => w / largest)
  const orthonormal = (Y: Matrix) => decompose(Y).U
  let Q = orthonormal(product(W, test!))
  for (let q = 0; q < powers; q++) Q = orthonormal(product(W, orthonormal(product(turned(W), Q))))
  const { U, s, V } = decompose(product(turned(Q), W))
  let images = product(W, test!)
  for (let q = 0; q < powers; q++) images = product(W, product(turned(W), images))
  const norm = Math.hypot(...W.data)
  const most = norm ** (2 * powers + 1) * Math.hypot(...test!.data)
  // Of zeros, all is zero, whatever the images span.
  const tilt = norm === 0 ? 0 : ((2 * powers + 3) * most) / decompose(images).s.at(-1)!
  const roundings = roundingsOfSvd(...(W.shape as [number, number]))
  const value = (x: number) => normwise?.(x, roundings * (4 + tilt), norm * largest) ?? exact(x)
  // Two unit vectors differ by 2 at most in any element.
  const direction = (x: number) => normwise?.(x, 4 * roundings, 1, 2) ?? exact(x)
  return {
    U: elementwise(product(Q, U), direction),
    S: build([s.length], (l) => value(s[l]! * largest)),
    V: elementwise(V, direction),
  }
}
