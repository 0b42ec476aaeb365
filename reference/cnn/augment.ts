import type {
  flip as flipSpec,
  lightJitter as lightSpec,
  pcaShift as pcaSpec,
  augmentedSet as setSpec,
} from '../../spec/cnn/augment.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, sum } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/** min(max(a x + b, 0), top). */
function relight<T>(
  { add, exact, maximum, multiply, negate }: Arithmetic<T>,
  { contrast, brightness, top }: { contrast: number; brightness: number; top: number },
): (x: T) => T {
  return (x) => {
    const lit = add(multiply(exact(contrast), x), exact(brightness))
    return negate(maximum([negate(maximum([lit, exact(0)])), exact(-top)]))
  }
}

/**
 * Jitter of contrast and brightness.
 *
 * Formula    y = min(max(contrast · x + brightness, 0), top)
 * Clauses    cnn.augment.jitter
 * Shapes     x: [N, H, W, K] → y: [N, H, W, K]
 * Edges      values beyond the range end at its ends
 * Source     Howard (2013), section 2
 * Example    x = 0, 1, 2, contrast 2, brightness -1, top 2 → y = 0, 1, 2
 */
export const lightJitter: Reference<typeof lightSpec> = (arithmetic, { x }, parameters) => {
  const light = relight(arithmetic, parameters)
  return { y: build(x.shape, (...at) => light(x.at(...at))) }
}

/**
 * Colour shift along principal components.
 *
 * Formula    y[n,i,j,c] = x[n,i,j,c] + Σ_k draws[n,k] · eigenvalues[k] · components[c,k]
 * Clauses    cnn.augment.jitter
 * Shapes     x: [N, H, W, K], components: [K, K], eigenvalues: [K], draws: [N, K] → y: [N, H, W, K]
 * Edges      nothing is clipped
 * Source     Krizhevsky, Sutskever, Hinton (2012), section 4.1
 * Example    one channel, x = 1, component 1, eigenvalue 2, draw 3 → y = 7
 */
export const pcaShift: Reference<typeof pcaSpec> = (
  arithmetic,
  { x, components, eigenvalues, draws },
) => {
  const { add, multiply } = arithmetic
  const K = x.shape[3]!
  const shift = build([x.shape[0]!, K], (n, c) =>
    sum(arithmetic, [K], (k) =>
      multiply(multiply(draws.at(n, k), eigenvalues.at(k)), components.at(c, k)),
    ),
  )
  return { y: build(x.shape, (n, i, j, c) => add(x.at(n, i, j, c), shift.at(n, c))) }
}

/**
 * Horizontal reflection of images.
 *
 * Formula    y[n,i,j,k] = x[n, i, W − 1 − j, k]
 * Clauses    cnn.augment.jitter
 * Shapes     x: [N, H, W, K] → y: [N, H, W, K]
 * Edges      the middle of an odd number of columns stays
 * Source     Krizhevsky, Sutskever, Hinton (2012), section 4.1
 * Example    x = [[1, 2, 3]] → y = [[3, 2, 1]]
 */
export const flip: Reference<typeof flipSpec> = (_, { x }) => {
  const W = x.shape[2]!
  return { y: build(x.shape, (n, i, j, k) => x.at(n, i, W - 1 - j, k)) }
}

/**
 * Training set augmented by jitter.
 *
 * Formula    images[r N + n] = jitter_r(x[n]), classes[r N + n] = labels[n]
 * Clauses    cnn.augment.jitter
 * Shapes     x: [N, H, W, K], labels: [N] → images: [R, H, W, K], classes: [R], R = N · jitters
 * Edges      the given images are in the result if a jitter changes nothing
 * Source     Krizhevsky, Sutskever, Hinton (2012), section 4.1
 * Example    x = 1, 2 of the classes 0, 1; brightness 0 and 1 → images 1, 2, 2, 3, classes 0, 1, 0, 1
 */
export const augmentedSet: Reference<typeof setSpec> = (
  arithmetic,
  { x, labels },
  { jitters, top },
) => {
  const [N, H, W, K] = x.shape as [number, number, number, number]
  const lights = jitters.map((jitter) => relight(arithmetic, { ...jitter, top }))
  const R = N * jitters.length
  const images = build([R, H, W, K], (m, i, j, k) => {
    const r = Math.floor(m / N)
    const column = jitters[r]!.flip ? W - 1 - j : j
    return lights[r]!(x.at(m % N, i, column, k))
  })
  return { images, classes: build([R], (m) => labels.at(m % N)) }
}
