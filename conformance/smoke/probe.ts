import type { Operation } from '../../spec/language/operation.ts'
import { mapValues } from '../base/records.ts'
import type { Implementation, Outputs } from '../engine/implementation.ts'
import { type Order, orderIn } from '../protocol/order.ts'
import { agreesTurned } from './agreement.ts'
import type { SmokeCase } from './cases.ts'
import { turned } from './layout.ts'

/** So many cases must be answered, and answered right, in the other layout. */
const needed = 3

/**
 * Whether an operation that refuses arrays as they come is right on them with their channels first, as one
 * is that was written for another library and does not say so.
 */
export async function wantsChannelsFirst(
  { id, inputs, outputs }: Operation,
  implementation: Implementation,
  cases: readonly SmokeCase[],
): Promise<boolean> {
  const order = (axes: readonly string[]) => orderIn('channels first', axes)
  if (!Object.values(inputs).some(({ axes }) => order(axes) !== null)) return false
  const orders = mapValues(outputs, ({ axes }): Order => order(axes) ?? axes.map((_, axis) => axis))
  let right = 0
  for (const { testCase, expected } of cases) {
    const given = mapValues(testCase.inputs, (tensor, name) => {
      const wanted = order(inputs[name]!.axes)
      return wanted === null ? structuredClone(tensor) : turned(tensor, wanted)
    })
    let answer: Outputs
    try {
      answer = await implementation.operations[id]!(given, testCase.parameters)
    } catch {
      continue
    }
    if (!agreesTurned(expected, answer, orders)) return false
    if (++right === needed) return true
  }
  return false
}
