import type { Accumulator, Arithmetic } from './arithmetic.ts'

class Sum implements Accumulator<number> {
  #sum = 0

  add(term: number): void {
    this.#sum += term
  }

  addProduct(x: number, y: number): void {
    this.#sum += x * y
  }

  total(): number {
    return this.#sum
  }
}

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
  accumulator: () => new Sum(),
  maximum: (terms) => terms.reduce((largest, x) => Math.max(largest, x)),

  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  tanh: Math.tanh,
  power: (x, y) => x ** y,

  less: (x, y) => x < y,

  anyOf: (first) => first!(),
  allows: () => false,
}
