import type { Operation, Space } from '../../spec/language/operation.ts'
import type { Argument, Bench, Comparison } from '../engine/property.ts'
import { numbers } from './arrays.ts'
import type { Common, Definition } from './definition.ts'
import { law } from './law.ts'

/** An operation that is one step of something, and how often it is done. */
export interface Repeated<O extends Operation> extends Omit<Common, 'title'> {
  /** The name of the property, `repeated` unless told otherwise. */
  readonly name?: string
  readonly title?: string
  readonly times: number
  /** The outputs that enter the next step as the inputs of the same names. */
  readonly carry: readonly (keyof O['inputs'] & keyof O['outputs'] & string)[]
}

/**
 * A step that is done several times, each on what the implementation returned of the one before, and
 * judged within the bound of one step: sequences as they occur in training, however long.
 *
 * ```ts
 * repeated(freezeStep, { times: 20, carry: ['parameters', 'velocity'], kills: [ratesGradient] })
 * ```
 */
export function repeated<O extends Operation>(of: O, options: Repeated<O>): Definition {
  const { name = 'repeated', kills, share, times, carry } = options
  const { title = `each of ${times} steps of ${of.id} follows from what the one before returned` } =
    options
  return law(name, {
    title,
    kills,
    ...(share !== undefined && { share }),
    of: of as Space,
    asks: [of],
    values: 'reals',
    async holds<T>({ answer, arithmetic, expected, parameters, ...bench }: Bench<T, Space>) {
      let inputs: Readonly<Record<string, Argument>> = bench.inputs
      const comparisons: Comparison<T>[] = []
      for (let t = 0; t < times; t++) {
        const right = expected<Operation>(of, inputs, parameters)
        const given = await answer<Operation>(of, inputs, parameters)
        for (const [output, actual] of Object.entries(given)) {
          comparisons.push({ label: `${output} of step ${t}`, expected: right[output]!, actual })
        }
        const next = carry.map((state) => [state, numbers(arithmetic, given[state]!)])
        inputs = { ...inputs, ...Object.fromEntries(next) }
      }
      return comparisons
    },
  })
}
