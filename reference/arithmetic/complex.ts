import { ComplexDependencies, create, type Complex as Made } from 'mathjs'
import type { Arithmetic } from './arithmetic.ts'

// What mathjs does not say of its own numbers in its types.
interface Methods {
  add(y: Complex): Complex
  sub(y: Complex): Complex
  mul(y: Complex): Complex
  div(y: Complex): Complex
  neg(): Complex
  exp(): Complex
  log(): Complex
  sqrt(): Complex
  tanh(): Complex
  pow(y: Complex): Complex
}

/** A complex number. */
export type Complex = Pick<Made, 're' | 'im'> & Methods

const { Complex: Numbers } = create(ComplexDependencies) as unknown as {
  Complex: new (re: number, im: number) => Complex
}

/** A number a little off the real axis. */
export function complexNumber(re: number, im: number): Complex {
  return new Numbers(re, im)
}

const isBelow = (x: Complex, y: Complex) => x.re < y.re

/**
 * Complex arithmetic, on mathjs, for derivatives by a complex step: of a function that is analytic,
 * f′(x) = Im f(x + i s) / s but for s², and no difference loses digits, so that s may be 10^-150. What is made of
 * pieces (a magnitude, a maximum, a comparison) goes by real parts, and is analytic on each of them.
 *
 * Squire and Trapp (1998), Using complex variables to estimate derivatives of real functions.
 */
export const complex: Arithmetic<Complex> = {
  name: 'complex',
  exact: (value) => complexNumber(value, 0),
  toNumber: ({ re }) => re,

  add: (x, y) => x.add(y),
  subtract: (x, y) => x.sub(y),
  multiply: (x, y) => x.mul(y),
  divide: (x, y) => x.div(y),
  negate: (x) => x.neg(),
  abs: (x) => (x.re < 0 ? x.neg() : x),

  total: (terms) => [...terms].reduce((sum, x) => sum.add(x), complexNumber(0, 0)),
  maximum: (terms) => terms.reduce((largest, x) => (isBelow(largest, x) ? x : largest)),

  exp: (x) => x.exp(),
  log: (x) => x.log(),
  sqrt: (x) => x.sqrt(),
  tanh: (x) => x.tanh(),
  power: (x, y) => x.pow(y),

  less: isBelow,

  anyOf: (first) => first!(),
  allows: () => false,
}
