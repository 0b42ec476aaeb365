import { fromData } from '../../reference/arithmetic/array.ts'
import type { Operation, ParametersOf } from '../../spec/language/operation.ts'
import type { Fault } from '../engine/fault.ts'
import { law } from './law.ts'

/** A printed number: what it is, and what it says of the answer. */
export interface Printed {
  readonly label: string
  readonly output: string
  /** The printed elements of that output, in order. */
  readonly values: readonly number[]
}

/** The numbers that a publication prints, or that follow from it by hand, for one set of parameters. */
export function published<O extends Operation>(
  name: string,
  operation: O,
  rows: readonly { readonly parameters: ParametersOf<O>; readonly printed: readonly Printed[] }[],
  options: { readonly title: string; readonly kills: readonly Fault[] },
) {
  const nothing = { dimensions: {}, inputs: {}, parameters: {} }
  // Every case is the same one, so the least number of cases will do.
  const common = { ...options, share: 0.01 }
  return law(name, {
    of: nothing,
    asks: [operation],
    ...common,
    async holds(bench) {
      const comparisons = []
      for (const { parameters, printed } of rows) {
        const answer = await bench.answer(operation, {} as never, parameters)
        for (const { label, output, values } of printed) {
          const actual = answer[output as keyof typeof answer]
          const expected = bench.exact(fromData(actual.shape, [...values]))
          comparisons.push({ label, expected, actual })
        }
      }
      return comparisons
    },
  })
}
