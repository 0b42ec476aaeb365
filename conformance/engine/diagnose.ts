import { fromWire } from '../protocol/tensor.ts'
import type { Capsule } from './capsule.ts'
import { caseIn } from './encapsulate.ts'
import type { Fault } from './fault.ts'
import type { Property } from './property.ts'

/**
 * The known mistake that gives the same answers as an implementation on a counterexample, if any:
 * each fault of the operations of the property is asked the same question.
 *
 * Only properties that compare one answer with the reference can be diagnosed, since only there the
 * counterexample holds what the implementation answered.
 */
export async function diagnose(
  property: Property,
  capsule: Capsule,
  all: readonly Property[],
): Promise<string | null> {
  if (property.space !== property.operations[0]) return null
  const testCase = caseIn(capsule)
  const [operation] = property.operations
  const faults = new Set<Fault>(all.flatMap(({ kills }) => kills))
  for (const fault of faults) {
    if (fault.operation.id !== operation!.id) continue
    let answer: Awaited<ReturnType<Fault['evaluate']>>
    try {
      answer = await fault.evaluate(testCase.inputs, testCase.parameters)
    } catch {
      continue
    }
    const same = capsule.comparisons.every(({ label, actual, bound }) => {
      const theirs = fromWire(actual)
      const bounds = fromWire(bound).data
      const given = answer[label]
      return (
        given !== undefined &&
        given.shape.join() === theirs.shape.join() &&
        given.data.every((value, i) => Math.abs(value - theirs.data[i]!) <= (bounds[i] ?? 0))
      )
    })
    if (same && capsule.comparisons.length > 0) return fault.name
  }
  return null
}
