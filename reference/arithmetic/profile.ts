import type { Shortcut } from './arithmetic.ts'

/**
 * How accurate the elementary functions of an implementation are: for each function, the largest
 * absolute error of a result, given the argument, the result and the size of one unit in the last
 * place relative to 1 (`ulp` = 2u). Errors that come with the argument are not counted here.
 */
export interface AccuracyProfile {
  readonly name: string
  /** What a sum or product may be off, in units in the last place: half of one when rounded to nearest. */
  readonly rounding: 0.5 | 1
  readonly divide: (quotient: number, ulp: number) => number
  readonly sqrt: (root: number, ulp: number) => number
  readonly exp: (x: number, result: number, ulp: number) => number
  readonly log: (x: number, result: number, ulp: number) => number
  readonly tanh: (x: number, result: number, ulp: number) => number
  readonly power: (x: number, y: number, result: number, ulp: number) => number
  /** Evaluations that cost accuracy and that the implementation may take all the same; none unless told otherwise. */
  readonly shortcuts?: readonly Shortcut[]
  /**
   * By what share of its Frobenius norm a singular value decomposition may miss a matrix beside rounding, as
   * that of a sample of its range does; 0 unless told otherwise.
   */
  readonly decomposition?: number
}

const relative = (ulps: number) => (result: number, ulp: number) => ulps * ulp * Math.abs(result)

/**
 * A careful implementation in IEEE arithmetic: division and root correct to 1.5 ulp, which allows
 * a multiplication by the rounded reciprocal (two roundings of half an ulp, and the error of the
 * first carried by the second), elementary functions to 4 ulp, the largest error that the usual
 * vector libraries document (SVML and SLEEF in their default mode).
 */
export const ieee: AccuracyProfile = {
  name: 'ieee',
  rounding: 0.5,
  divide: relative(1.5),
  sqrt: relative(1.5),
  exp: (_, result, ulp) => 4 * ulp * Math.abs(result),
  log: (_, result, ulp) => 4 * ulp * Math.abs(result),
  tanh: (_, result, ulp) => 4 * ulp * Math.abs(result),
  power: (_x, _y, result, ulp) => 4 * ulp * Math.abs(result),
}

/** WGSL states log and log2 in [0.5, 2] by an absolute error: 2^-21 for 32 bits, 2^-7 for 16. */
const logError = (x: number, result: number, ulp: number) =>
  x >= 0.5 && x <= 2 ? (ulp > 2 ** -16 ? 2 ** -7 : 2 ** -21) : 3 * ulp * Math.abs(result)

/** Relative errors of e^x and e^-x, and one ulp for the difference, over cosh x; twice, for cosh. */
const quotientOfExponentials = (x: number, result: number, ulp: number) =>
  2 * (4 + 2 * Math.abs(x)) * ulp + 2.5 * ulp * Math.abs(result)

/**
 * The accuracy that the WebGPU Shading Language guarantees (section "Floating Point Accuracy").
 *
 * A sum or product is one of the two neighbours of the exact result, in no rounding mode in particular.
 * Division 2.5 ulp, and one more where it is a product with the reciprocal; exp and exp2 3 + 2|x| ulp;
 * log 3 ulp, but an absolute error in [0.5, 2]. √x is 1 / inverseSqrt(x): the inverse of a number that is
 * off by 2 ulp, then a division. tanh is the worse of 10^-5 and of sinh / cosh, that is,
 * of exponentials of ±x whose errors do not cancel near 0. xʸ is exp2(y · log2 x); programs that spare
 * it write exp(y · ln x), whose error differs a little, so both are allowed.
 */
export const wgsl: AccuracyProfile = {
  name: 'wgsl',
  rounding: 1,
  divide: (quotient, ulp) => ((1 + 2.5 * ulp) * (1 + ulp) - 1) * Math.abs(quotient),
  sqrt: (root, ulp) => ((1 + 2.5 * ulp) / (1 - 2 * ulp) - 1) * Math.abs(root),
  exp: (x, result, ulp) => (3 + 2 * Math.abs(x)) * ulp * Math.abs(result),
  log: logError,
  tanh: (x, result, ulp) => Math.min(2, Math.max(1e-5, quotientOfExponentials(x, result, ulp))),
  power: (x, y, result, ulp) => {
    // The error of the logarithm and of the product, carried through the exponential, and its own.
    const through = (logarithm: number, base: number) => {
      const exponent = Math.abs(y * logarithm)
      const error = Math.abs(y) * logError(x, logarithm, ulp) + ulp * exponent
      return Math.expm1(Math.log(base) * error) + (3 + 2 * exponent) * ulp
    }
    const worst = Math.max(through(Math.log2(x), 2), through(Math.log(x), Math.E))
    return Math.abs(result) * worst
  },
}

/**
 * The accuracy that the OpenGL ES Shading Language, version 3.20, guarantees of numbers of high precision (section
 * 4.7.1): as WGSL has it, but of tanh it says nothing, which shaders then write as a quotient of exponentials of ±x,
 * or of −2|x|, which is off by less. WebGL is written in version 3.00, which leaves the errors of functions to the
 * same compilers.
 */
const glsl: AccuracyProfile = {
  ...wgsl,
  name: 'glsl',
  tanh: (x, result, ulp) => Math.min(2, quotientOfExponentials(x, result, ulp)),
}

/**
 * As `ieee`, but convolutions may be computed by Winograd's algorithm or by Fourier transforms, of which
 * only the norms of image and filter bound the error: what cuDNN and oneDNN choose by themselves.
 */
const transforms: AccuracyProfile = {
  ...ieee,
  name: 'transforms',
  shortcuts: ['convolution by transforms'],
}

/**
 * As `ieee`, but the sigmoid may be ½ (1 + tanh(x / 2)): as accurate as a number near 1 can be, and
 * without a correct digit where the sigmoid itself is tiny.
 */
const tanhSigmoid: AccuracyProfile = {
  ...ieee,
  name: 'tanh-sigmoid',
  shortcuts: ['sigmoid by tanh'],
}

/**
 * As `ieee`, but a Jensen–Shannon divergence may be what its definition adds up, two divergences from the mean of
 * both distributions: as accurate as shares are, and without a correct digit, or below 0, where both are close.
 */
const addedDivergences: AccuracyProfile = {
  ...ieee,
  name: 'added-divergences',
  shortcuts: ['divergences added up'],
}

/**
 * As `ieee`, but a sum or product is either neighbour of the exact result, such as the one nearer to zero:
 * what the accumulators of some matrix units do. Its errors are not judged by their statistics.
 */
const truncating: AccuracyProfile = { ...ieee, name: 'truncating', rounding: 1 }

/**
 * Whether sums and products are rounded to the nearest number, each for itself: then the errors of a long
 * sum cancel, and more is known of them than a bound. Transforms spread them over all of an answer.
 */
export function roundsToNearest({ rounding, shortcuts = [] }: AccuracyProfile): boolean {
  return rounding === 0.5 && !shortcuts.includes('convolution by transforms')
}

/** As `ieee`, with every short cut: a library that chooses its algorithms by itself. */
const library: AccuracyProfile = {
  ...ieee,
  name: 'library',
  shortcuts: ['convolution by transforms', 'sigmoid by tanh', 'divergences added up'],
}

const statedBefore = 'randomized-svd:'

/** `randomized-svd:` and the share of its norm by which a decomposition may miss a matrix. */
export type RandomizedSvd = `randomized-svd:${number}`

/**
 * As `ieee`, but a singular value decomposition is one of a sample of the range, and may miss a matrix by a share
 * of its norm that the implementation states. Vectors are as near to orthonormal ones as of any other.
 */
const randomizedSvd = (name: string, share: number): AccuracyProfile => ({
  ...ieee,
  name,
  decomposition: share,
})

/** The profile of a name; `null` where there is none. */
export function profileNamed(name: string): AccuracyProfile | null {
  if (Object.hasOwn(profiles, name)) return profiles[name as keyof typeof profiles]
  if (!name.startsWith(statedBefore)) return null
  const stated = name.slice(statedBefore.length)
  const share = Number(stated)
  return /^[\d.]+(e-\d+)?$/.test(stated) && share < 1 ? randomizedSvd(name, share) : null
}

export const profiles = {
  ieee,
  wgsl,
  glsl,
  transforms,
  'tanh-sigmoid': tanhSigmoid,
  'added-divergences': addedDivergences,
  truncating,
  library,
} as const
