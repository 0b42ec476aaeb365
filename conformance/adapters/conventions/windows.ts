import { extent, paddingAmounts } from '../../../spec/cnn/window.ts'
import { checkArguments } from '../../../spec/language/check.ts'
import { ArgumentError } from '../../../spec/language/errors.ts'
import type { Operation } from '../../../spec/language/operation.ts'
import type { Question } from '../../base/question.ts'

type Pair = readonly [number, number]

/** How the windows of a question lie on its images. */
export interface Windows {
  /** The padding before and behind, of rows and of columns. */
  readonly amounts: readonly [Pair, Pair]
  readonly kernel: Pair
  readonly sizes: Readonly<Record<string, number>>
  /** Whether all arguments are valid. */
  readonly valid: boolean
  /** Whether the padding is what makes them invalid. */
  readonly refused: boolean
}

/** Whether an operation lays windows over images. */
export function hasWindows({ inputs, parameters }: Operation): boolean {
  return 'padding' in parameters && 'strides' in parameters && Object.keys(inputs).length > 0
}

/** How the windows lie; `null` where the padding makes no sense. Other arguments may be invalid. */
export function windowsOf(question: Question): Windows | null {
  const { operation, inputs, parameters } = question
  const { padding, strides, dilations = [1, 1] } = parameters
  if (padding !== 'valid' && padding !== 'same' && !areAmounts(padding)) return null
  let [valid, refused] = [true, false]
  let sizes: Readonly<Record<string, number>>
  try {
    sizes = checkArguments(operation, inputs, parameters)
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error
    valid = false
    refused = error.argument.startsWith('padding')
    sizes = sizesAsFarAsKnown(question)
  }
  const kernel: Pair = parameters.kernel ?? [sizes.Hf, sizes.Wf]
  const amounts = ([0, 1] as const).map((axis): Pair => {
    const size = sizes[axis === 0 ? 'H' : 'W']!
    const reach = extent(kernel[axis]!, dilations[axis])
    // Where windows make no sense it is the implementation that is to refuse them.
    if (padding === 'same' && !(strides[axis] >= 1 && size + reach > 0)) return [0, 0]
    return paddingAmounts(padding, axis, size, reach, strides[axis])
  })
  return { amounts: amounts as [Pair, Pair], kernel, sizes, valid, refused }
}

function areAmounts(padding: unknown): boolean {
  return (
    Array.isArray(padding) && padding.length === 4 && padding.every((n) => typeof n === 'number')
  )
}

/**
 * The sizes of the axes of arrays that have as many as they should, those that parameters tell, and what
 * follows from them.
 */
export function sizesAsFarAsKnown({ operation, inputs, parameters }: Question) {
  const sizes: Record<string, number> = {}
  for (const [name, { axes }] of Object.entries(operation.inputs)) {
    const { shape } = inputs[name] ?? { shape: [] }
    if (shape.length !== axes.length) continue
    for (const [axis, symbol] of axes.entries()) sizes[symbol] ??= shape[axis]!
  }
  for (const [name, parameter] of Object.entries(operation.parameters)) {
    if (parameter.kind !== 'sizes' || !Array.isArray(parameters[name])) continue
    for (const [axis, symbol] of parameter.of.entries()) sizes[symbol] ??= parameters[name][axis]
  }
  for (const [symbol, dimension] of Object.entries(operation.dimensions)) {
    if (dimension.kind !== 'derived' || symbol in sizes) continue
    sizes[symbol] = derivedSize(() => dimension.size(sizes, parameters))
  }
  return sizes
}

/** A size that follows from arguments, which may make no sense. */
function derivedSize(size: () => number): number {
  try {
    return size()
  } catch {
    return Number.NaN
  }
}
