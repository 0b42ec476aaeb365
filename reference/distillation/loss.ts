import type {
  divergenceGradient as gradientSpec,
  divergence as spec,
} from '../../spec/distillation/loss.ts'
import { anyOf, once } from '../arithmetic/any-of.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, elementwise, type NumberArray, sum } from '../arithmetic/array.ts'
import { minus } from '../layers/addition.ts'
import { crossEntropyGradient } from '../layers/cross-entropy.ts'
import { throughSoftmax } from '../layers/softmax.ts'
import type { Reference } from '../reference.ts'
import { logarithms, probabilities } from './softmax-scores.ts'

/** ln ½ (e^a + e^b), the larger one taken out of the exponentials. */
function logOfMean<T>(arithmetic: Arithmetic<T>, a: T, b: T): T {
  const { add, exact, exp, log, maximum, multiply, subtract } = arithmetic
  const larger = maximum([a, b])
  const both = add(exp(subtract(a, larger)), exp(subtract(b, larger)))
  return add(larger, log(multiply(exact(0.5), both)))
}

/** Both distributions, their logarithms, and ln p − ln m and ln q − ln m, m the mean of both. */
function distributions<T>(arithmetic: Arithmetic<T>, z: NumberArray<T>, v: NumberArray<T>) {
  const logs = { p: logarithms(arithmetic, v, 1), q: logarithms(arithmetic, z, 1) }
  const ofMean = () =>
    build(z.shape, (n, c) => logOfMean(arithmetic, logs.p.at(n, c), logs.q.at(n, c)))
  return {
    p: probabilities(arithmetic, v, 1),
    q: once(() => probabilities(arithmetic, z, 1)),
    logs,
    overMean: () => {
      const m = ofMean()
      return { p: minus(arithmetic, logs.p, m), q: minus(arithmetic, logs.q, m) }
    },
  }
}

/**
 * How far the probabilities of a student are from those of its teacher.
 *
 * Formula    p = softmax(v), q = softmax(z), m = ½ (p + q): cross-entropy −Σ_c p ln q; kl Σ_c p (ln p − ln q);
 *            squares Σ_c (p − q)²; jensen-shannon ½ Σ_c p (ln p − ln m) + ½ Σ_c q (ln q − ln m)
 * Clauses    distillation.loss
 * Shapes     z, v: [N, C] → divergence: [N]
 * Edges      one class: 0
 * Source     Cover, Thomas (2006), equations 2.26 and 2.41; Lin (1991), section III
 * Example    z = v = 0, 0 → ln 2, 0, 0, 0
 */
export const divergence: Reference<typeof spec> = (arithmetic, { z, v }, { measure }) => {
  const { add, exact, multiply, negate } = arithmetic
  const [N, C] = z.shape as [number, number]
  const { p, q, logs, overMean } = distributions(arithmetic, z, v)
  const expectation = (of: NumberArray<typeof zero>, r: NumberArray<typeof zero>) =>
    build([N], (n) => sum(arithmetic, [C], (c) => multiply(of.at(n, c), r.at(n, c))))
  const zero = exact(0)
  const measured = () => {
    if (measure === 'cross-entropy') return expectation(p, elementwise(logs.q, negate))
    if (measure === 'kl') return expectation(p, minus(arithmetic, logs.p, logs.q))
    if (measure === 'squares') {
      const miss = minus(arithmetic, p, q())
      return expectation(miss, miss)
    }
    const r = overMean()
    const [ofTeacher, ofStudent] = [expectation(p, r.p), expectation(q(), r.q)]
    return build([N], (n) => multiply(exact(0.5), add(ofTeacher.at(n), ofStudent.at(n))))
  }
  return { divergence: measured() }
}

/**
 * Gradients of how far a student is from its teacher.
 *
 * Formula    by the student, g = dDivergence: cross-entropy and kl g (q Σ_k p[k] − p); squares 2 g J_q (q − p);
 *            jensen-shannon ½ g J_q (ln q − ln m), with (J_q r)[n,c] = q[n,c] (r[n,c] − Σ_k q[n,k] r[n,k]);
 *            by the teacher −g J_p ln q, g J_p (ln p − ln q), 2 g J_p (p − q), ½ g J_p (ln p − ln m)
 * Clauses    distillation.loss
 * Shapes     z, v: [N, C], dDivergence: [N] → dz, dv: [N, C]
 * Edges      one class: 0
 * Precision  the bounds cover J g r, which may overflow where g J r does not
 * Source     Hinton, Vinyals, Dean (2015), equation 2; by differentiation
 * Example    z = v = 0, 0 → 0, 0 by both
 */
export const divergenceGradient: Reference<typeof gradientSpec> = (
  arithmetic,
  { z, v, dDivergence },
  { measure },
) => {
  const { exact, multiply, negate } = arithmetic
  const { p, q, logs, overMean } = distributions(arithmetic, z, v)
  type Numbers = NumberArray<ReturnType<typeof exact>>
  const times = (factor: number, x: Numbers) =>
    build(x.shape, (n, c) => multiply(dDivergence.at(n), multiply(exact(factor), x.at(n, c))))
  const through = (factor: number, of: Numbers, r: Numbers) =>
    anyOf(
      arithmetic,
      () => times(factor, throughSoftmax(arithmetic, of, r)),
      () => throughSoftmax(arithmetic, of, times(factor, r)),
    )
  if (measure === 'cross-entropy') {
    const r = elementwise(logs.q, negate)
    return {
      dz: times(1, crossEntropyGradient(arithmetic, z, p)),
      dv: through(1, p, r),
    }
  }
  if (measure === 'kl') {
    const r = minus(arithmetic, logs.p, logs.q)
    return {
      dz: times(1, crossEntropyGradient(arithmetic, z, p)),
      dv: through(1, p, r),
    }
  }
  if (measure === 'squares') {
    const miss = minus(arithmetic, q(), p)
    return {
      dz: through(2, q(), miss),
      dv: through(2, p, elementwise(miss, negate)),
    }
  }
  const r = overMean()
  return {
    dz: through(0.5, q(), r.q),
    dv: through(0.5, p, r.p),
  }
}
