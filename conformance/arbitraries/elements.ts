import type { Tensor } from '../../spec/language/tensor.ts'
import type { Case } from './case.ts'

/** From the most to the least thorough. Each maps what it produces to itself, and keeps the sign. */
const replacements: readonly ((element: number) => number)[] = [
  () => 0,
  (element) => Math.sign(element),
  (element) => Math.sign(element) * Math.min(4, Math.round(Math.abs(element)) || Math.abs(element)),
]

/**
 * Simpler cases to try on a failing one: whole arrays, halves, quarters, … down to single elements
 * set to zero; then replaced by 1 or -1; then by small whole numbers. Sizes and parameters stay.
 *
 * Taking the first one that still fails and starting again from it, until none fails, leaves few
 * elements that are not zero. That ends: each step makes elements zero, or ±1, or whole, and none
 * undoes another.
 */
export function* simplifications(failing: Case): Generator<Case> {
  for (const replace of replacements) {
    for (const [name, tensor] of Object.entries(failing.inputs)) {
      for (const simpler of replacedInChunks(tensor, replace)) {
        yield { ...failing, inputs: { ...failing.inputs, [name]: simpler } }
      }
    }
  }
}

/** The array with a chunk of it replaced: all of it, then each half, and so on; only real changes. */
function* replacedInChunks(
  tensor: Tensor,
  replace: (element: number) => number,
): Generator<Tensor> {
  const { length } = tensor.data
  for (let size = length; size > 0; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = 0; start < length; start += size) {
      const chunk = tensor.data.subarray(start, start + size)
      const simpler = chunk.map(replace)
      if (simpler.every((element, i) => Object.is(element, chunk[i]))) continue
      const data = tensor.data.slice()
      data.set(simpler, start)
      yield { ...tensor, data }
    }
  }
}
