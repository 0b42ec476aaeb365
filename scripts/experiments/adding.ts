import type { Random } from '../../conformance/arbitraries/random.ts'

/** Sequences in which two numbers are marked, and the sum of both, which is to be answered. */
export interface Sequences {
  readonly steps: number
  readonly count: number
  /** Step by step, sequence by sequence: a number from 0 to 1, and 1 where it is marked, else 0. */
  readonly x: Float32Array
  readonly sums: Float32Array
}

/** What a step is given: a number, and whether it is marked. */
export const inputs = 2

/** The variance of the sum of two uniform numbers: the error of answering 1 whatever is asked. */
export const varianceOfSums = 1 / 6

/** Sequences of the adding problem, with one mark in each half. */
export function addingSequences(random: Random, steps: number, count: number): Sequences {
  const x = Float32Array.from({ length: steps * count * inputs }, (_, at) =>
    at % inputs === 0 ? random.unit() : 0,
  )
  const half = Math.floor(steps / 2)
  const sums = Float32Array.from({ length: count }, (_, n) => {
    const marked = [random.below(half), half + random.below(steps - half)]
    return marked.reduce((sum, t) => {
      const at = (t * count + n) * inputs
      x[at + 1] = 1
      return sum + x[at]!
    }, 0)
  })
  return { steps, count, x, sums }
}
