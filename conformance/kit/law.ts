import { build } from '../../reference/arithmetic/array.ts'
import { checkArguments } from '../../spec/language/check.ts'
import type { Operation, Parameters, Space } from '../../spec/language/operation.ts'
import type { Tensor } from '../../spec/language/tensor.ts'
import type { Values } from '../arbitraries/case.ts'
import type { ArgumentsOf, Arrays, Bench, Comparison } from '../engine/property.ts'
import type { Common, Definition } from './definition.ts'

/** What the clause says of answers to related questions. */
export function law<S extends Space>(
  name: string,
  space: S,
  operations: readonly Operation[],
  values: Values,
  { title, kills, share = 1 }: Common,
  compare: <T>(bench: Bench<T, S>) => Promise<readonly Comparison<T>[]>,
): Definition {
  return (clause) => ({
    id: `${clause}/${name}`,
    clause,
    title,
    operations,
    space,
    values,
    kills,
    share,
    examples: [],
    check: { kind: 'comparison', compare: shapesFirst(compare as never) },
  })
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
