import type { NumberArray } from '../../reference/arithmetic/array.ts'
import type { Bounded } from '../../reference/arithmetic/bounded.ts'
import { type Operation, type Parameters, rangeOf } from '../../spec/language/operation.ts'

/** A bound of this share of the largest number of an output says next to nothing of any of them. */
const vacuous = 0.1

/**
 * The first output of an answer of which the bounds say nothing, or `null`. Of an output whose range the
 * signature declares, that is a bound on both sides of a number that together are as wide as the range;
 * of any other, one that reaches a tenth of the largest magnitude in it. What has several right answers is not
 * judged by bounds at all.
 */
export function openOutput(
  { outputs }: Operation,
  parameters: Parameters,
  expected: Readonly<Record<string, NumberArray<Bounded>>>,
  error: (x: Bounded) => number,
): string | null {
  for (const name in outputs) {
    // Of an output with several right answers, no bound of an element means anything.
    if (outputs[name]!.unique === false) continue
    const { data } = expected[name]!
    let [widest, largest] = [0, 0]
    for (const x of data) {
      widest = Math.max(widest, error(x))
      largest = Math.max(largest, Math.abs(x.value))
    }
    if (widest === 0) continue
    const range = rangeOf(outputs[name]!, parameters)
    const least = range === null ? vacuous * largest : (range[1] - range[0]) / 2
    // Neither is a bound of an output that is not a number compared with anything.
    if (!(widest < least)) return name
  }
  return null
}
