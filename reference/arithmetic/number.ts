import type { Arithmetic } from './arithmetic.ts'

/** IEEE binary64 arithmetic: fast enough for every case. */
export const number: Arithmetic<number> = {
  name: 'number',
  exact: (value) => value,
  toNumber: (x) => x,

  add: (x, y) => x + y,
  subtract: (x, y) => x - y,
  multiply: (x, y) => x * y,
  divide: (x, y) => x / y,
  negate: (x) => -x,
  abs: Math.abs,

  total: (terms) => {
    let sum = 0
    for (const term of terms) sum += term
    return sum
  },
  maximum: (terms) => terms.reduce((largest, x) => Math.max(largest, x)),

  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  tanh: Math.tanh,
  power: (x, y) => x ** y,

  less: (x, y) => x < y,
}
