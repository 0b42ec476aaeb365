import type { Operation, Parameters, Sizes } from '../spec/language/operation.ts'
import { build, type NumberArray } from './arithmetic/array.ts'
import type { ReferenceOfAny } from './reference.ts'

/**
 * The reference of an operation, for whoever leaves an array out that may be: zeros stand for it, in the
 * shape that the other arrays tell. The formula itself always has all of its arrays.
 */
export function takingAbsent(operation: Operation, formula: ReferenceOfAny): ReferenceOfAny {
  const optional = Object.entries(operation.inputs).filter(([, { optional }]) => optional)
  if (optional.length === 0) return formula
  return (arithmetic, inputs, parameters, note) => {
    const missing = optional.filter(([name]) => inputs[name] === undefined)
    if (missing.length === 0) return formula(arithmetic, inputs, parameters, note)
    const sizes = sizesOf(operation, inputs)
    const zeros = missing.map(([name, { axes }]) => {
      const shape = axes.map(
        (axis) => sizes[axis] ?? derivedSize(operation, axis, sizes, parameters),
      )
      return [name, build(shape, () => arithmetic.exact(0))]
    })
    return formula(arithmetic, { ...inputs, ...Object.fromEntries(zeros) }, parameters, note)
  }
}

/** The sizes of axes, as the arrays that are there tell them. */
function sizesOf(
  { inputs: described }: Operation,
  inputs: Readonly<Record<string, NumberArray<unknown>>>,
): Sizes {
  const sizes: Record<string, number> = {}
  for (const [name, { axes }] of Object.entries(described)) {
    if (inputs[name] === undefined) continue
    for (const [at, axis] of axes.entries()) sizes[axis] ??= inputs[name].shape[at]!
  }
  return sizes
}

/** The size of an axis that no array tells, if it follows from others. Throws where it does not. */
function derivedSize(
  { dimensions }: Operation,
  axis: string,
  sizes: Sizes,
  parameters: Parameters,
): number {
  const dimension = dimensions[axis]
  if (dimension?.kind === 'derived') return dimension.size(sizes, parameters)
  throw new RangeError(`no array tells the size ${axis}`)
}
