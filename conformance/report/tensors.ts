import { precise } from '../base/text.ts'
import type { Capsule } from '../engine/capsule.ts'
import { fromWire, type WireTensor } from '../protocol/tensor.ts'

/** At most this many elements are written out; more than that, nobody reads. */
const mostElements = 24

/** An argument in words: its shape, and its elements where they are few. */
function describeTensor(encoded: WireTensor): string {
  const { shape, data } = fromWire(encoded)
  if (shape.length === 0) return precise(data[0]!)
  const size = `[${shape.join(' × ')}]`
  if (data.length === 0) return `${size}, empty`
  if (data.length > 1 && data.every((value) => Object.is(value, data[0]))) {
    return `${size}, all ${precise(data[0]!)}`
  }
  const shown = Array.from(data.slice(0, mostElements), precise).join(' ')
  return `${size} ${shown}${data.length > mostElements ? ' …' : ''}`
}

/** The case of a capsule, an argument a line: `x` and what it is. */
export function argumentsOf({
  inputs,
  parameters,
}: Capsule): readonly (readonly [string, string])[] {
  return [
    ...Object.entries(inputs).map(([name, tensor]) => [name, describeTensor(tensor)] as const),
    ...Object.entries(parameters).map(([name, value]) => [name, JSON.stringify(value)] as const),
  ]
}
