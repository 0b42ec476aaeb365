import type { Tensor } from '../../spec/language/tensor.ts'
import { UnstableAnswer } from '../base/errors.ts'
import type { Implementation } from './implementation.ts'

interface Earlier {
  readonly operation: string
  readonly output: string
  /** The elements where the implementation put them, and as they were read. */
  readonly given: Tensor['data']
  readonly read: Tensor['data']
}

const last = new WeakMap<Implementation, readonly Earlier[]>()

/**
 * Reads the answer before once more: an answer is its asker's, and no buffer for the next one. Then
 * remembers the answer that was just given, and the copies that were made of it.
 *
 * Throws `UnstableAnswer` when the answer before has changed.
 */
export function readEarlierAgain(
  implementation: Implementation,
  operation: string,
  given: Readonly<Record<string, Tensor>>,
  copies: Readonly<Record<string, Tensor>>,
): void {
  const earlier = last.get(implementation) ?? []
  last.set(
    implementation,
    Object.entries(copies).map(([output, { data }]) => ({
      operation,
      output,
      given: given[output]!.data,
      read: data,
    })),
  )
  for (const { operation, output, given, read } of earlier) {
    const position = read.findIndex((value, i) => !Object.is(value, given[i]))
    if (position < 0) continue
    const values = `${read[position]}, then ${given[position]}`
    throw new UnstableAnswer(
      `${operation}: its answer changed with the next question: ${output}, element ${position}: ${values}`,
    )
  }
}
