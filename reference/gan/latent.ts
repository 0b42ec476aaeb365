import type {
  latentArithmetic as arithmeticSpec,
  interpolate as spec,
} from '../../spec/gan/latent.ts'
import { build, elementwise, type NumberArray } from '../arithmetic/array.ts'
import { dense } from '../layers/dense.ts'
import type { Reference } from '../reference.ts'
import { generated } from './network.ts'

/**
 * Samples between two noise vectors.
 *
 * Formula    z_λ = (1 − λ) z_1 + λ z_2, or z_1 + λ (z_2 − z_1); x_λ = G(z_λ)
 * Clauses    gan.latent-interpolation
 * Shapes     start, end: [Z], shares: [Points], parameters of the generator → noise: [Points, Z], x: [Points, X]
 * Edges      λ = 0: the start; λ = 1: the end
 * Source     Radford, Metz, Chintala (2016), section 6.1
 * Example    z_1 = 0, z_2 = 4, λ = ¼, U = a = 0, V = 1, c = 3 → z = 1, x = 3
 */
export const interpolate: Reference<typeof spec> = (
  arithmetic,
  { start, end, shares, ...generator },
) => {
  const { add, anyOf, exact, multiply, subtract } = arithmetic
  const noise = build([shares.shape[0]!, start.shape[0]!], (l, j) => {
    const [share, from, to] = [shares.at(l), start.at(j), end.at(j)]
    return anyOf(
      () => add(multiply(subtract(exact(1), share), from), multiply(share, to)),
      () => add(from, multiply(share, subtract(to, from))),
    )
  })
  return { noise, x: generated(arithmetic, generator, noise).x }
}

/**
 * Arithmetic of noise and of samples.
 *
 * Formula    x = G(a − b + c), sum = G(a) − G(b) + G(c), G(z) = φ(z U + a′) V + c′ with tanh or the identity
 * Clauses    gan.latent-arithmetic
 * Shapes     a, b, c: [M, Z], parameters of the generator → x, sum: [M, X]
 * Edges      a = b: both are the samples of c
 * Source     Radford, Metz, Chintala (2016), section 6.3.2
 * Example    a = 3, b = 1, c = 2, U = 2, V = 1, c′ = 5, identity → x = 13, sum = 11 − 7 + 9 = 13
 */
export const latentArithmetic: Reference<typeof arithmeticSpec> = (
  arithmetic,
  { a, b, c, generatorHidden, generatorHiddenBias, generatorOutput, generatorOutputBias },
  { activation },
) => {
  const { add, subtract, tanh } = arithmetic
  const G = (z: NumberArray<ReturnType<typeof a.at>>) => {
    const s = dense(arithmetic, z, generatorHidden, generatorHiddenBias)
    const h = activation === 'tanh' ? elementwise(s, tanh) : s
    return dense(arithmetic, h, generatorOutput, generatorOutputBias)
  }
  const combined = <T extends typeof a>(one: T, less: T, more: T) =>
    build(one.shape, (m, j) => add(subtract(one.at(m, j), less.at(m, j)), more.at(m, j)))
  return { x: G(combined(a, b, c)), sum: combined(G(a), G(b), G(c)) }
}
