import type { Question } from './question.ts'
import { sameTensor } from './tensor.ts'

/** Whether two questions ask the same: an array that is left out of one of them makes them different. */
export function sameQuestion(a: Question, b: Question): boolean {
  return (
    a.operation === b.operation &&
    sameInputs(a.inputs, b.inputs) &&
    sameValue(a.parameters, b.parameters)
  )
}

function sameInputs(a: Question['inputs'], b: Question['inputs']): boolean {
  if (a === b) return true
  if (Object.keys(a).length !== Object.keys(b).length) return false
  for (const name in a) {
    const [x, y] = [a[name]!, b[name]]
    if (y === undefined || (x !== y && !sameTensor(x, y))) return false
  }
  return true
}

function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const [keys, others] = [Object.keys(a), Object.keys(b)]
  return (
    keys.length === others.length &&
    keys.every((key) => sameValue(a[key as keyof typeof a], b[key as keyof typeof b]))
  )
}
