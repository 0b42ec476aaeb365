import { gradientName } from '../../spec/language/gradient.ts'
import type { Operation, Space } from '../../spec/language/operation.ts'
import type { Argument, Bench, Comparison } from '../engine/property.ts'
import { scalar, zeros } from './arrays.ts'
import { inner } from './inner.ts'

/**
 * What holds of an operation that is linear in one of its inputs: its gradient is the transpose,
 *
 *     ⟨y, dy⟩ = ⟨x, dx⟩.
 *
 * The cases have the inputs of both operations, `dy` among them. `without` is the input of which the
 * rest comes that is not linear, such as a bias: it is set to zero.
 *
 * ```ts
 * lawTwice('adjoint', {
 *   of: convolutionAndGradient,
 *   asks: [conv2d, conv2dInputGradient],
 *   title: 'the response times any gradient is the image times its own',
 *   kills: [forgetsTurn],
 *   holds: adjoint(conv2d, conv2dInputGradient, 'x', { without: 'bias' }),
 * })
 * ```
 */
export function adjoint<F extends Operation>(
  forward: F,
  gradient: Operation,
  by: keyof F['inputs'] & string,
  { without }: { readonly without?: keyof F['inputs'] } = {},
) {
  return async <T>(bench: Bench<T, Space>): Promise<readonly Comparison<T>[]> => {
    const { arithmetic, array, inputs, measure } = bench
    const ask = (operation: Operation, arrays: Readonly<Record<string, Argument>>) => {
      const asked = Object.keys(operation.inputs).map((name) => [name, arrays[name]])
      return measure(operation, Object.fromEntries(asked), parametersOf(operation, bench))
    }
    const linear =
      without === undefined ? {} : { [without]: zeros(inputs[without as string]!.shape) }
    const { y } = await ask(forward, { ...inputs, ...linear })
    const { [gradientName(by)]: d } = await ask(gradient, inputs)
    return [
      {
        label: `⟨${by}, ${gradientName(by)}⟩ = ⟨y, dy⟩`,
        expected: scalar(inner(arithmetic, y!, array('dy'))),
        actual: scalar(inner(arithmetic, array(by), d!)),
      },
    ]
  }
}

/** The parameters of an operation in a case; a gradient is told sizes of which the case knows the axes. */
function parametersOf<T>({ parameters }: Operation, bench: Bench<T, Space>) {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [
      name,
      parameter.kind === 'sizes'
        ? parameter.of.map((axis) => bench.sizes[axis]!)
        : bench.parameters[name],
    ]),
  )
}
