/**
 * How accurate the elementary functions of an implementation are: for each function, the largest
 * absolute error of a result, given the argument, the result and the size of one unit in the last
 * place relative to 1 (`ulp` = 2u). Errors that come with the argument are not counted here.
 */
export interface AccuracyProfile {
  readonly name: string
  readonly divide: (quotient: number, ulp: number) => number
  readonly sqrt: (root: number, ulp: number) => number
  readonly exp: (x: number, result: number, ulp: number) => number
  readonly log: (x: number, result: number, ulp: number) => number
  readonly tanh: (x: number, result: number, ulp: number) => number
  readonly power: (x: number, y: number, result: number, ulp: number) => number
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
  divide: relative(1.5),
  sqrt: relative(1.5),
  exp: (_, result, ulp) => 4 * ulp * Math.abs(result),
  log: (_, result, ulp) => 4 * ulp * Math.abs(result),
  tanh: (_, result, ulp) => 4 * ulp * Math.abs(result),
  power: (_x, _y, result, ulp) => 4 * ulp * Math.abs(result),
}

/**
 * The accuracy that the WebGPU Shading Language guarantees (section "Floating Point Accuracy"):
 * division 2.5 ulp; exp 3 + 2|x| ulp; log 3 ulp, but an absolute 2^-21 in [0.5, 2]; sqrt inherited
 * from 1 / inverseSqrt (2 ulp, then a division); tanh from sinh / cosh, that is from exponentials of
 * ±x whose errors do not cancel near 0; pow from exp2(y · log2 x) with exp2 3 + 2|x| ulp.
 */
export const wgsl: AccuracyProfile = {
  name: 'wgsl',
  divide: relative(2.5),
  sqrt: relative(4.5),
  exp: (x, result, ulp) => (3 + 2 * Math.abs(x)) * ulp * Math.abs(result),
  log: (x, result, ulp) =>
    x >= 0.5 && x <= 2
      ? Math.max(2 ** -21, 4 * ulp * Math.abs(result))
      : 3 * ulp * Math.abs(result),
  tanh: (x, result, ulp) => {
    // Relative errors of e^x and e^-x, 3 + 2|x| ulp each and half an ulp for the difference, over cosh x.
    const exponentials = (3.5 + 2 * Math.abs(x)) * ulp
    return Math.min(2, 2 * exponentials + 2.5 * ulp * Math.abs(result))
  },
  power: (x, y, result, ulp) => {
    const exponent = y * Math.log2(x)
    const log2Error = x >= 0.5 && x <= 2 ? 2 ** -21 : 3 * ulp * Math.abs(Math.log2(x))
    const inherited = Math.expm1(Math.LN2 * (Math.abs(y) * log2Error + ulp * Math.abs(exponent)))
    return Math.abs(result) * (inherited + (3 + 2 * Math.abs(exponent)) * ulp)
  },
}

export const profiles = { ieee, wgsl } as const
