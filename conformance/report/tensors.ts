import { stringify } from '../base/json.ts'
import { precise } from '../base/text.ts'
import type { Capsule } from '../engine/capsule.ts'
import { fromWire, type WireTensor } from '../protocol/tensor.ts'

/** At most this many elements are written out; more than that, nobody reads. */
const mostElements = 24

/** An argument in words: its shape, and its elements where they are few. */
function describeTensor(encoded: WireTensor): string {
  if (encoded.absent) return 'left out, which means zeros'
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

/**
 * What was asked, an argument a line: `x` and what it is. Of one question, the very arguments that were
 * sent, which a law or a way to spoil them may have made of the case; of several, the case.
 */
export function argumentsOf({
  inputs,
  parameters,
  questions = [],
  invalid,
}: Capsule): readonly (readonly [string, string])[] {
  const [only, ...others] = questions
  const sent = only !== undefined && others.length === 0 ? only : { inputs, parameters }
  const spoilt = invalid === undefined ? [] : [['invalid', invalid] as const]
  return [
    ...spoilt,
    ...Object.entries(sent.inputs).map(([name, tensor]) => [name, describeTensor(tensor)] as const),
    ...Object.entries(sent.parameters).map(([name, value]) => [name, stringify(value, 0)] as const),
  ]
}
