import { type Case, elementsOf } from '../../conformance/arbitraries/case.ts'
import { smallerCases } from '../../conformance/arbitraries/smaller.ts'
import { mapValues } from '../../conformance/base/records.ts'
import type { Capsule } from '../../conformance/engine/capsule.ts'
import { fromWire } from '../../conformance/protocol/tensor.ts'
import type { Space } from '../../spec/language/operation.ts'
import type { ShownBy } from './mistake.ts'

/**
 * Elements of the smallest case that one that was shown can be made, while sizes are no less than a mistake says that
 * it needs, or than they are, and parameters that it names stay.
 */
export function fewestElements(
  space: Space,
  { sizes, parameters, inputs }: Capsule,
  needed: ShownBy = {},
): number {
  const least = Object.entries(needed.sizes ?? {}).filter(([symbol]) => symbol in sizes)
  const kept = Object.keys(needed.parameters ?? {})
  const enough = (the: Case) =>
    least.every(([symbol, size]) => the.sizes[symbol] >= Math.min(size, sizes[symbol])) &&
    kept.every((name) => JSON.stringify(the.parameters[name]) === JSON.stringify(parameters[name]))
  let smallest: Case = { sizes, parameters, inputs: mapValues(inputs, fromWire) }
  for (let again = true; again; ) {
    again = false
    for (const smaller of smallerCases(space, smallest)) {
      if (!enough(smaller)) continue
      smallest = smaller
      again = true
      break
    }
  }
  return elementsOf(smallest)
}
