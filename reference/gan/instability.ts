import type { bilinearGame as spec } from '../../spec/gan/instability.ts'
import { build, type NumberArray, stacked } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/**
 * Gradient steps of two players of a bilinear game.
 *
 * Formula    x ← x − η y, y ← y + η x, x on the right being the one before the step where both step at
 *            once, and the one after it where they step in turn
 * Clauses    gan.instability.oscillation
 * Shapes     x, y: [P] → x, y: [T, P]
 * Edges      no rate, or 0: nothing moves
 * Source     Gidel, Berard, Vignoud, Vincent, Lacoste-Julien (2019), section 2.2
 * Example    x = 1, y = 0, η = 1, two steps at once: x = 1, 0, y = 1, 2; in turn: x = 1, 0, y = 1, 1
 */
export const bilinearGame: Reference<typeof spec> = (
  arithmetic,
  { x, y },
  { rate, steps, order },
) => {
  const { add, exact, multiply, subtract } = arithmetic
  const eta = exact(rate)
  const after = { x: [] as NumberArray<typeof eta>[], y: [] as NumberArray<typeof eta>[] }
  let [xt, yt] = [x, y]
  for (let t = 0; t < steps; t++) {
    const [xBefore, yBefore] = [xt, yt]
    xt = build(x.shape, (i) => subtract(xBefore.at(i), multiply(eta, yBefore.at(i))))
    const answered = order === 'alternating' ? xt : xBefore
    yt = build(y.shape, (i) => add(yBefore.at(i), multiply(eta, answered.at(i))))
    after.x.push(xt)
    after.y.push(yt)
  }
  return { x: stacked(after.x), y: stacked(after.y) }
}
