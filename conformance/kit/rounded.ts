import { build, type NumberArray } from '../../reference/arithmetic/array.ts'
import type { Operation, ParametersOf, Space } from '../../spec/language/operation.ts'
import type { Fault } from '../engine/fault.ts'
import type { Bench, Comparison } from '../engine/property.ts'
import { law } from './law.ts'

/** A number as it is printed: `569e6` to the unit `1e6`, and where the answer holds it. */
export interface Rounded {
  readonly label: string
  readonly output: string
  /** Which element of the output; the first unless told. */
  readonly at?: number
  /** Of which the element is a share, when shares are printed: the sum of the output. */
  readonly share?: boolean
  readonly printed: number
  readonly unit: number
}

const nothing = { dimensions: {}, inputs: {}, parameters: {} }

/**
 * The numbers that a publication prints with few digits: what is counted differs from each by less
 * than one unit of its last digit, since some round and others cut off.
 */
export function publishedRounded<O extends Operation>(
  name: string,
  operation: O,
  rows: readonly { readonly parameters: ParametersOf<O>; readonly printed: readonly Rounded[] }[],
  options: { readonly title: string; readonly kills: readonly Fault[] },
) {
  const common = { ...options, share: 0.01 }
  return law(name, {
    of: nothing,
    asks: [operation],
    ...common,
    async holds(bench) {
      const comparisons = []
      for (const { parameters, printed } of rows) {
        const answer = await bench.answer(operation, {} as never, parameters)
        for (const number of printed) {
          comparisons.push(compare(bench, answer[number.output as keyof typeof answer], number))
        }
      }
      return comparisons
    },
  })
}

/** max(|counted − printed|, unit) = unit. */
function compare<T>(
  { arithmetic }: Bench<T, Space>,
  output: NumberArray<T>,
  { label, at = 0, share = false, printed, unit }: Rounded,
): Comparison<T> {
  const { abs, divide, exact, maximum, subtract, total } = arithmetic
  const element = output.data[at]!
  const counted = share ? divide(element, total(output.data)) : element
  const limit = exact(unit)
  const off = abs(subtract(counted, exact(printed)))
  return {
    label: `${label} and ${printed}`,
    expected: build([], () => limit),
    actual: build([], () => maximum([off, limit])),
  }
}
