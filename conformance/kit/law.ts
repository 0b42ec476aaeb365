import { build } from '../../reference/arithmetic/array.ts'
import { checkArguments } from '../../spec/language/check.ts'
import type { Operation, Parameters, Space } from '../../spec/language/operation.ts'
import type { Tensor } from '../../spec/language/tensor.ts'
import type { Values } from '../arbitraries/case.ts'
import type { ArgumentsOf, Arrays, Bench, Comparison } from '../engine/property.ts'
import type { Common, Definition } from './definition.ts'

/** What a clause says of the answers to related questions. */
export interface Law<S extends Space> extends Common {
  /** What its cases are made of: an operation, or a space made for this law. */
  readonly of: S
  /** The operations that are asked; the one of its cases unless told otherwise. */
  readonly asks?: readonly Operation[]
  /** How the elements are drawn: small integers unless told otherwise. */
  readonly values?: Values
  /** Two sides that are equal, in any arithmetic. */
  holds<T>(bench: Bench<T, S>): Promise<readonly Comparison<T>[]>
}

/** A property that compares answers of the implementation with each other, or with what is known. */
export function law<S extends Space>(
  name: string,
  { of, asks, values = 'integers', title, kills, share = 1, agrees = false, holds }: Law<S>,
): Definition {
  const operations = asks ?? (isOperation(of) ? [of] : [])
  if (operations.length === 0) throw new Error(`the law ${name} does not say what it asks`)
  return (clause) => ({
    id: `${clause}/${name}`,
    clause,
    title,
    operations,
    space: of,
    values,
    kills,
    share,
    agrees,
    examples: [],
    check: { kind: 'comparison', compare: shapesFirst(holds as never) },
  })
}

/** A law on small integers, to the bit, and on all kinds of numbers, within the bound: two properties. */
export function lawTwice<S extends Space>(
  name: string,
  options: Omit<Law<S>, 'values'>,
  bounded: Partial<Common> = {},
): readonly Definition[] {
  const { title, ...rest } = options
  return [
    law(name, { ...rest, title: `${title}, to the bit` }),
    law(`${name}-bounded`, {
      ...rest,
      title: `${title}, within the bound`,
      ...bounded,
      values: 'reals',
    }),
  ]
}

function isOperation(space: Space): space is Operation {
  return 'id' in space && 'outputs' in space
}

type Compare = <T>(bench: Bench<T, Space>) => Promise<readonly Comparison<T>[]>

/**
 * A law reads answers at indices that exist in answers of the right shape. Where one has another
 * shape and cannot be read, that is what differs.
 */
function shapesFirst(compare: Compare): Compare {
  return async <T>(bench: Bench<T, Space>) => {
    const answers: (readonly [
      Operation,
      ArgumentsOf<Operation>,
      Parameters,
      Arrays<T, Operation>,
    ])[] = []
    const noted =
      (ask: typeof bench.answer): typeof bench.answer =>
      async (operation, inputs, parameters) => {
        const answer = await ask(operation, inputs, parameters)
        answers.push([operation, inputs, parameters as Parameters, answer])
        return answer
      }
    try {
      const [answer, measure] = [noted(bench.answer), noted(bench.measure)]
      return await compare({ ...bench, answer, measure })
    } catch (thrown) {
      if (!(thrown instanceof RangeError)) throw thrown
      for (const [operation, inputs, parameters, answer] of answers) {
        const sizes = checkArguments(
          operation,
          inputs as Readonly<Record<string, Tensor>>,
          parameters,
        )
        for (const [output, { axes }] of Object.entries(operation.outputs)) {
          const shape = axes.map((symbol) => sizes[symbol]!)
          const actual = answer[output]!
          if (shape.join() === actual.shape.join()) continue
          const expected = build(shape, () => bench.arithmetic.exact(0))
          return [{ label: `${output} of ${operation.id}`, expected, actual }]
        }
      }
      throw thrown
    }
  }
}
