import type { studentStep as spec } from '../../spec/distillation/teacher-student.ts'
import { build, elementwise, sum } from '../arithmetic/array.ts'
import { minus } from '../layers/addition.ts'
import { dense, denseWeightGradient } from '../layers/dense.ts'
import type { Reference } from '../reference.ts'
import { logarithms, probabilities } from './softmax-scores.ts'

/**
 * A step of a student that is taught by a larger network.
 *
 * Formula    z = x W + b, p = softmax(v / τ), q = softmax(z / τ):
 *            loss = τ² / N Σ p (ln p − ln q), W′ = W − η τ / N xᵀ(q − p), b′ = b − η τ / N Σ_n (q − p)
 * Clauses    distillation.teacher-student
 * Shapes     x: [N, D], v: [N, C], weights: [D, C], bias: [C] → loss: [], weights: [D, C], bias: [C]
 * Edges      one class: no loss, and nothing moves
 * Source     Hinton, Vinyals, Dean (2015), section 2
 * Example    scores of the teacher ln 3, 0, of the student 0, 0, x = 1, η = τ = 1 → W′ = W + (¼, −¼)
 */
export const studentStep: Reference<typeof spec> = (
  arithmetic,
  { x, v, weights, bias },
  { rate, temperature: tau },
) => {
  const { exact, multiply, subtract, divide } = arithmetic
  const [N, C] = [x.shape[0]!, bias.shape[0]!]
  const z = dense(arithmetic, x, weights, bias)

  const p = probabilities(arithmetic, v, tau)
  const q = probabilities(arithmetic, z, tau)
  const apart = minus(arithmetic, logarithms(arithmetic, v, tau), logarithms(arithmetic, z, tau))
  const whole = sum(arithmetic, [N, C], (n, c) => multiply(p.at(n, c), apart.at(n, c)))
  const squared = multiply(exact(tau), exact(tau))

  const scale = divide(exact(tau), exact(N))
  const dz = elementwise(minus(arithmetic, q, p), (d) => multiply(scale, d))
  const dW = denseWeightGradient(arithmetic, x, dz)
  const step = (from: typeof whole, d: typeof whole) => subtract(from, multiply(exact(rate), d))
  return {
    loss: build([], () => divide(multiply(squared, whole), exact(N))),
    weights: build(weights.shape, (d, c) => step(weights.at(d, c), dW.at(d, c))),
    bias: build([C], (c) =>
      step(
        bias.at(c),
        sum(arithmetic, [N], (n) => dz.at(n, c)),
      ),
    ),
  }
}
