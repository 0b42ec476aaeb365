import type { CaseView } from './operation.ts'

/** Whether a sequence of T × N steps has padding before a step that is none, or after one. */
export function isPadded(where: 'behind' | 'before', { inputs, sizes }: CaseView): boolean {
  const { T, N } = sizes as { readonly T: number; readonly N: number }
  const [padding, other] = where === 'behind' ? [T - 1, 0] : [0, T - 1]
  const at = (t: number, n: number) => inputs.padded!.data[t * N + n] === 1
  return Array.from({ length: N }, (_, n) => n).some((n) => at(padding, n) && !at(other, n))
}
