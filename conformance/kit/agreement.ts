import type { Operation, Space } from '../../spec/language/operation.ts'
import type { Values } from '../arbitraries/case.ts'
import type { Fault } from '../engine/fault.ts'
import type { Common, Definition } from './definition.ts'
import { law } from './law.ts'

type Narrower = Partial<Pick<Space, 'dimensions' | 'parameters'>>

/** The implementation gives what the reference gives, on cases of the operation itself. */
export function agreement<O extends Operation>(
  operation: O,
  values: Values,
  {
    within,
    ...options
  }: Partial<Common> & {
    kills: readonly Fault[]
    name?: string
    /** What is drawn otherwise than the operation says, for cases that it seldom or never draws. */
    within?: Narrower
  },
): Definition {
  const title =
    values === 'integers'
      ? `${operation.id} equals the reference to the bit on small integers`
      : `${operation.id} is within the derived bound of the reference`
  // Counts need no arrays, and three times as many cases take less time than one with arrays.
  const countsOnly = Object.keys(operation.inputs).length === 0
  const name = options.name ?? (values === 'integers' ? 'exact' : 'bounded')
  return law(name, {
    of: within === undefined ? operation : narrowed(operation, within),
    asks: [operation],
    values,
    title,
    share: countsOnly ? 3 : 1,
    ...options,
    // A narrower space is a restriction, beyond which nothing is asked.
    agrees: within === undefined,
    async holds(bench) {
      const answer = await bench.answer(operation, bench.inputs as never, bench.parameters as never)
      const expected = bench.expected(operation, bench.inputs as never, bench.parameters as never)
      return Object.keys(answer).map((output) => ({
        label: output,
        expected: expected[output]!,
        actual: answer[output]!,
      }))
    },
  })
}

function narrowed(space: Space, { dimensions, parameters }: Narrower): Space {
  return {
    ...space,
    dimensions: { ...space.dimensions, ...dimensions },
    parameters: { ...space.parameters, ...parameters },
  }
}

/** Agreement on small integers, to the bit, and on all kinds of numbers, within the bound: two properties. */
export function agreementTwice<O extends Operation>(
  operation: O,
  { name, ...options }: Partial<Common> & { kills: readonly Fault[]; name?: string },
  bounded: Partial<Common> = {},
): readonly Definition[] {
  const prefix = name === undefined ? '' : `${name}-`
  return [
    agreement(operation, 'integers', { ...options, name: `${prefix}exact` }),
    agreement(operation, 'reals', { ...options, ...bounded, name: `${prefix}bounded` }),
  ]
}
