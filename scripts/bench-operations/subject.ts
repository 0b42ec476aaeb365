import type * as tf from '@tensorflow/tfjs-core'
import { operations } from '../../spec/index.ts'
import type { Operation, Parameters, Sizes } from '../../spec/language/operation.ts'
import type { OnnxNode } from './onnx.ts'

/** Arrays by name. */
export type Tensors = Readonly<Record<string, tf.Tensor>>

/** An operation at the size at which it is measured, and how others would compute the same. */
export interface Subject {
  readonly operation: Operation
  readonly sizes: Sizes
  readonly parameters: Parameters
  /** Multiply-adds, or what else costs most; a plain reference takes time in proportion to it. */
  readonly work: (sizes: Sizes) => number
  /** The sizes at which the reference is measured, where they differ. */
  readonly small: Sizes
  readonly others: Others
}

/** The one call that a user of a library would write. */
export interface Others {
  /** Beside the id, where an operation is measured at several sizes. */
  readonly label?: string
  readonly bare?: (tensors: Tensors) => tf.Tensor | tf.Tensor[]
  readonly onnx?: OnnxNode | readonly OnnxNode[]
  /** Python, on arrays of the same names, images as N × K × H × W and filters as Q × K × H × W. */
  readonly torch?: string
  readonly numpy?: string
  /** Python, where `replies` are those of clients with the models `w` and `b`. */
  readonly flower?: string
  /** Whether others are given whole numbers of eight bits. */
  readonly whole?: boolean
  /** How many steps a call has, where the time of one is shown. */
  readonly steps?: number
}

/** How much of so many sizes is done. */
export const product = (sizes: Sizes, ...symbols: string[]) =>
  symbols.reduce((total, symbol) => total * sizes[symbol]!, 1)
/** What a gradient costs, of a call and of both factors of its products. */
export const thrice = (work: (s: Sizes) => number) => (s: Sizes) => 3 * work(s)

/** The sizes at which a plain reference is measured. */
const few = { H: 8, W: 8, K: 8, Q: 8, C: 8, B: 4, Ho: 4, Wo: 4, A: 8 }

/** An operation with what is measured of it; nothing where this version of the specification lacks it. */
export function of(
  id: string,
  free: Sizes,
  parameters: Parameters,
  work: (sizes: Sizes) => number,
  others: Others = {},
): Subject | undefined {
  const operation = operations.find((candidate) => candidate.id === id) as Operation | undefined
  if (operation === undefined) return undefined
  const smaller = Object.fromEntries(
    Object.entries(free).map(([symbol, size]) => [symbol, Math.min(size, few[symbol as 'H'] ?? 4)]),
  )
  return {
    operation,
    sizes: complete(operation, free, parameters),
    small: complete(operation, smaller, parameters),
    parameters,
    work,
    others,
  }
}

/** All sizes of an operation, from those that are free. */
function complete(operation: Operation, free: Sizes, parameters: Parameters): Sizes {
  const sizes: Record<string, number> = { ...free }
  for (const [symbol, dimension] of Object.entries(operation.dimensions)) {
    if (dimension.kind === 'derived') sizes[symbol] = dimension.size(sizes, parameters)
    if (sizes[symbol] === undefined) throw new Error(`${operation.id}: no size for ${symbol}`)
  }
  return sizes
}
