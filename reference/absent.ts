import type { ArrayInput, Operation } from '../spec/language/operation.ts'
import { build, type NumberArray } from './arithmetic/array.ts'
import type { ReferenceOfAny } from './reference.ts'

/**
 * The reference of an operation, for whoever leaves an array out that may be: zeros stand for it, in the
 * shape that the other arrays tell. The formula itself always has all of its arrays.
 */
export function takingAbsent(
  { inputs: described }: Operation,
  formula: ReferenceOfAny,
): ReferenceOfAny {
  const optional = Object.entries(described).filter(([, { optional }]) => optional)
  if (optional.length === 0) return formula
  return (arithmetic, inputs, parameters, note) => {
    const missing = optional.filter(([name]) => inputs[name] === undefined)
    if (missing.length === 0) return formula(arithmetic, inputs, parameters, note)
    const zeros = missing.map(([name, { axes }]) => {
      const shape = axes.map((axis) => sizeOf(axis, described, inputs))
      return [name, build(shape, () => arithmetic.exact(0))]
    })
    return formula(arithmetic, { ...inputs, ...Object.fromEntries(zeros) }, parameters, note)
  }
}

/** The size of an axis, as the first of the arrays that have it tells. Throws where none has it. */
function sizeOf(
  axis: string,
  described: Readonly<Record<string, ArrayInput>>,
  inputs: Readonly<Record<string, NumberArray<unknown>>>,
): number {
  for (const [name, { axes }] of Object.entries(described)) {
    const at = axes.indexOf(axis)
    if (at >= 0 && inputs[name] !== undefined) return inputs[name].shape[at]!
  }
  throw new RangeError(`no array tells the size ${axis}`)
}
