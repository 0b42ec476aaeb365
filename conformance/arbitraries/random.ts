import { hash } from '../base/hash.ts'

/** A stream of random numbers, the same on every machine for the same seed and name. */
export interface Random {
  /** A number in [0, 1), a multiple of 2^-32. */
  unit(): number
  /** A whole number in 0..count-1, for counts up to 2^31. */
  below(count: number): number
}

/**
 * The stream that belongs to a seed and a name; streams of different names are independent.
 * The generator is splitmix32: a counter with a step of the golden ratio, scrambled by the
 * finalizer of MurmurHash3. It has 2^32 states, plenty for the arrays of one case.
 */
export function stream(seed: number, name: string): Random {
  return new Splitmix(scramble(scramble(seed) ^ hash(name)))
}

class Splitmix implements Random {
  #state: number

  constructor(state: number) {
    this.#state = state
  }

  unit(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0
    return (scramble(this.#state) >>> 0) * 2 ** -32
  }

  below(count: number): number {
    return (this.unit() * count) | 0
  }
}

function scramble(word: number): number {
  let mixed = word ^ (word >>> 16)
  mixed = Math.imul(mixed, 0x85ebca6b)
  mixed ^= mixed >>> 13
  mixed = Math.imul(mixed, 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}
