import type {
  InputsOf,
  Operation,
  Parameters,
  ParametersOf,
  Sizes,
} from '../../spec/language/operation.ts'
import type { Case } from '../arbitraries/case.ts'
import type { Common, Definition } from './definition.ts'

/**
 * The smallest case on which the notes are wrong: the implementation gives what the reference
 * gives, and what the notes say, read literally, is something else.
 */
export function counterexample<O extends Operation>(
  erratum: string,
  operation: O,
  the: {
    readonly sizes?: Sizes
    readonly inputs: InputsOf<O>
    readonly parameters: ParametersOf<O>
    /** What the notes, read literally, would give for the first output. */
    readonly notes: readonly number[]
    /** What is right, worked out by hand. */
    readonly right: readonly number[]
  },
  options: Common,
): Definition {
  const example: Case = {
    sizes: the.sizes ?? {},
    inputs: the.inputs as Case['inputs'],
    parameters: the.parameters as Parameters,
  }
  if (the.notes.length === the.right.length && the.notes.every((v, i) => v === the.right[i])) {
    throw new Error(`${erratum}: the counterexample does not tell the notes from what is right`)
  }
  return (clause) => ({
    id: `${clause}/${erratum}`,
    clause,
    title: options.title,
    operations: [operation],
    space: { dimensions: {}, inputs: {}, parameters: {} },
    values: 'integers',
    kills: options.kills,
    share: 0,
    examples: [example],
    check: {
      kind: 'comparison',
      compare: async (bench) => {
        const answer = await bench.answer(
          operation,
          bench.inputs as never,
          bench.parameters as never,
        )
        const [output] = Object.keys(operation.outputs) as [string]
        const actual = answer[output]!
        const shape = actual.data.length === the.right.length ? actual.shape : [the.right.length]
        const right = bench.exact({
          dtype: 'float64',
          shape,
          data: Float64Array.from(the.right),
        })
        return [{ label: `${output}, worked by hand`, expected: right, actual }]
      },
    },
  })
}
