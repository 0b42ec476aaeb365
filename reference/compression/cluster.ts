import type {
  linearCodebook as linearSpec,
  clusterRate as rateSpec,
  clusterStep as spec,
} from '../../spec/compression/cluster.ts'
import { mean } from '../arithmetic/any-of.ts'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import { build, type NumberArray, sum } from '../arithmetic/array.ts'
import { product } from '../arithmetic/product.ts'
import type { Reference } from '../reference.ts'

/** (w − c)². */
function squared<T>({ multiply, subtract }: Arithmetic<T>, w: T, c: T): T {
  const away = subtract(w, c)
  return multiply(away, away)
}

/** The first of the nearest values of a codebook. */
function nearest<T>(arithmetic: Arithmetic<T>, w: T, codebook: NumberArray<T>): number {
  const distances = codebook.data.map((c) => squared(arithmetic, w, c))
  let code = 0
  for (let k = 1; k < distances.length; k++) {
    // The middle between equal values is nowhere, and the first one is taken whatever rounding does.
    const isSame = arithmetic.toNumber(codebook.at(k)) === arithmetic.toNumber(codebook.at(code))
    if (!isSame && arithmetic.less(distances[k]!, distances[code]!)) code = k
  }
  return code
}

/**
 * A round of clustering: nearest values, and then their means.
 *
 * Formula    codes[i] = the first k with the least (w[i] − c[k])²; c′[k] = mean of w[i] with codes[i] = k;
 *            before = Σ_i (w[i] − c[codes[i]])², after = Σ_i (w[i] − c′[codes[i]])²
 * Clauses    compression.sharing.cluster-quantise
 * Shapes     weights: [P], codebook: [K] → codes: [P], codebook: [K], before, after: []
 * Edges      a value without weights stays; of equally near values the first is taken
 * Source     Lloyd (1982), section IV; Han, Mao, Dally (2016), equation 2
 * Example    w = 0, 2, 10, c = 0, 10 → codes 0, 0, 1, c′ = 1, 10, before 4, after 2
 */
export const clusterStep: Reference<typeof spec> = (arithmetic, { weights, codebook }) => {
  const { exact } = arithmetic
  const [P, K] = [weights.data.length, codebook.data.length]
  const codes = weights.data.map((w) => nearest(arithmetic, w, codebook))
  const members: number[][] = Array.from({ length: K }, () => [])
  codes.forEach((k, i) => {
    members[k]!.push(i)
  })
  const means = build([K], (k) => {
    const group = members[k]!
    return group.length === 0
      ? codebook.at(k)
      : mean(arithmetic, [group.length], (m) => weights.at(group[m]!))
  })
  const error = (c: NumberArray<(typeof weights.data)[number]>) =>
    sum(arithmetic, [P], (i) => squared(arithmetic, weights.at(i), c.at(codes[i]!)))
  return {
    codes: build([P], (i) => exact(codes[i]!)),
    codebook: means,
    before: build([], () => error(codebook)),
    after: build([], () => error(means)),
  }
}

/**
 * Values at equal distances from the least weight to the largest.
 *
 * Formula    c[k] = min w + k / (K − 1) · (max w − min w)
 * Clauses    compression.sharing.cluster-quantise
 * Shapes     weights: [P] → codebook: [K]
 * Edges      one value: the middle of both ends
 * Source     Han, Mao, Dally (2016), section 3.2
 * Example    w = 4, 0, 1, K = 3 → c = 0, 2, 4
 */
export const linearCodebook: Reference<typeof linearSpec> = (
  arithmetic,
  { weights },
  { values: K },
) => {
  const { add, anyOf, divide, exact, maximum, multiply, negate, subtract } = arithmetic
  const high = maximum(weights.data)
  const low = negate(maximum(weights.data.map(negate)))
  const range = subtract(high, low)
  if (K === 1) {
    const half = exact(0.5)
    const middle = anyOf(
      () => multiply(half, add(low, high)),
      () => add(low, multiply(half, range)),
    )
    return { codebook: build([K], () => middle) }
  }
  const steps = exact(K - 1)
  return {
    codebook: build([K], (k) =>
      anyOf(
        () => add(low, divide(multiply(exact(k), range), steps)),
        () => add(low, multiply(exact(k), divide(range, steps))),
        () => add(low, multiply(divide(exact(k), steps), range)),
        () =>
          add(
            multiply(divide(exact(K - 1 - k), steps), low),
            multiply(divide(exact(k), steps), high),
          ),
      ),
    ),
  }
}

/**
 * Compression rate of weights that share the values of a codebook.
 *
 * Formula    codeBits = ⌈log₂ K⌉, stored = n codeBits + K b, rate = n b / stored, ideal = n b / (n log₂ K + K b)
 * Clauses    compression.sharing.cluster-quantise
 * Shapes     → codeBits, stored, rate, ideal: []
 * Edges      one value needs no codes
 * Source     Han, Mao, Dally (2016), equation 1
 * Example    n = 16, b = 32, K = 4 → 2 bits, 32 + 128 = 160, rate 512 / 160 = 3.2, the same
 */
export const clusterRate: Reference<typeof rateSpec> = (
  arithmetic,
  _,
  { weights: n, bits: b, values: K },
) => {
  const { add, divide, exact, log, multiply } = arithmetic
  let codeBits = 0
  while (2 ** codeBits < K) codeBits++

  const whole = product(arithmetic, n, b)
  const codebook = product(arithmetic, K, b)
  const stored = add(product(arithmetic, n, codeBits), codebook)
  // Where the logarithm is whole, no evaluation of it needs to be off.
  const bits = 2 ** codeBits === K ? exact(codeBits) : divide(log(exact(K)), log(exact(2)))
  return {
    codeBits: build([], () => exact(codeBits)),
    stored: build([], () => stored),
    rate: build([], () => divide(whole, stored)),
    ideal: build([], () => divide(whole, add(multiply(exact(n), bits), codebook))),
  }
}
