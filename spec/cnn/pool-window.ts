import {
  atLeast,
  type CaseView,
  type Constraint,
  derived,
  free,
  type Parameters,
  type Sizes,
} from '../language/operation.ts'
import { integer, pair } from '../language/parameter.ts'
import { padding, paddingAmounts, strides, windowCount } from './window.ts'

/** How the windows of a pooling layer lie on an image. */
export const poolParameters = {
  kernel: pair(integer({ min: 1, upTo: 3 })),
  strides,
  padding,
} as const

/** How many numbers are under a window. */
export const windowSize = ({ kernel }: Parameters): number => kernel[0] * kernel[1]

const isAmounts = (padding: unknown): padding is readonly number[] => Array.isArray(padding)

/**
 * Padding is narrower than the kernel, so that no window lies beside the image altogether: the
 * largest of no numbers, and their average, do not exist.
 */
export const paddingBelowKernel: Constraint = {
  says: 'padding narrower than the kernel on every side',
  argument: 'padding',
  holds: (_, { kernel, padding }) =>
    !isAmounts(padding) || padding.every((amount, side) => amount < kernel[side >> 1]),
  repair: (parameters) => {
    const { kernel, padding } = parameters
    if (!isAmounts(padding)) return parameters
    const narrow = padding.map((amount, side) => Math.min(amount, kernel[side >> 1] - 1))
    return { ...parameters, padding: narrow }
  },
  violate: (parameters) => ({ ...parameters, padding: [parameters.kernel[0], 0, 0, 0] }),
}

const imageAxis = ['H', 'W'] as const

const amounts = (axis: 0 | 1, size: number, { kernel, strides, padding }: Parameters) =>
  paddingAmounts(padding, axis, size, kernel[axis], strides[axis])

/** The rows (0) or columns (1) of the smallest image that holds a window. */
const smallest = (axis: 0 | 1) => (_: Sizes, parameters: Parameters) => {
  if (parameters.padding === 'same') return 1
  const [before, after] = amounts(axis, 0, parameters)
  return Math.max(1, parameters.kernel[axis] - before - after)
}

/** The number of windows along an axis: ⌊(H + P_t + P_b − h) / S⌋ + 1. */
export function pooledSize(axis: 0 | 1, size: number, parameters: Parameters): number {
  const [before, after] = amounts(axis, size, parameters)
  return windowCount(size, before, after, parameters.kernel[axis], parameters.strides[axis])
}

export const poolDimensions = {
  N: free(1, 2, 'images'),
  K: free(1, 3, 'channels'),
  H: atLeast(smallest(0), 5, 'rows', 'the kernel less the padding'),
  W: atLeast(smallest(1), 5, 'columns', 'the kernel less the padding'),
  Ho: derived((sizes, parameters) => pooledSize(0, sizes.H!, parameters), 'rows of the output'),
  Wo: derived((sizes, parameters) => pooledSize(1, sizes.W!, parameters), 'columns of the output'),
} as const

/** The pixels that a window covers along an axis: from the first to before the last, in the image. */
function pixelsUnder(
  axis: 0 | 1,
  position: number,
  sizes: Sizes,
  parameters: Parameters,
): readonly [from: number, to: number] {
  const size = sizes[imageAxis[axis]]!
  const start = parameters.strides[axis] * position - amounts(axis, size, parameters)[0]
  return [Math.max(0, start), Math.min(size, start + parameters.kernel[axis])]
}

/**
 * How many pixels a window covers. Where padding is counted as well, as PyTorch does unless told
 * otherwise, an average is this number over that of the kernel's places times ours.
 */
export function pixelCount(i: number, j: number, sizes: Sizes, parameters: Parameters): number {
  const [top, bottom] = pixelsUnder(0, i, sizes, parameters)
  const [left, right] = pixelsUnder(1, j, sizes, parameters)
  return (bottom - top) * (right - left)
}

/** Whether the largest number under some window stands there twice. */
function hasTie({ sizes, parameters, inputs }: CaseView): boolean {
  const { data } = inputs.x!
  const { N, H, W, K, Ho, Wo } = sizes as Record<string, number>
  for (let at = 0; at < N * Ho * Wo * K; at++) {
    const [n, i, j, k] = [
      Math.floor(at / (Ho * Wo * K)),
      Math.floor(at / (Wo * K)) % Ho,
      Math.floor(at / K) % Wo,
      at % K,
    ]
    const [top, bottom] = pixelsUnder(0, i, sizes, parameters)
    const [left, right] = pixelsUnder(1, j, sizes, parameters)
    let [largest, times] = [Number.NEGATIVE_INFINITY, 0]
    for (let p = top; p < bottom; p++) {
      for (let q = left; q < right; q++) {
        const value = data[((n * H + p) * W + q) * K + k]!
        if (value > largest) [largest, times] = [value, 1]
        else if (value === largest) times++
      }
    }
    if (times > 1) return true
  }
  return false
}

/** Whether some window reaches over the border. */
function reachesOver({ sizes, parameters }: CaseView): boolean {
  const [top] = amounts(0, sizes.H!, parameters)
  const [left] = amounts(1, sizes.W!, parameters)
  return top + left > 0
}

/** The kinds of case that every pooling operation must reach. */
export const poolClasses = {
  'windows overlap': ({ sizes, parameters: { kernel, strides } }: CaseView) =>
    strides[0] < kernel[0] && sizes.Ho! > 1,
  'stride is the kernel': ({ sizes, parameters: { kernel, strides } }: CaseView) =>
    strides[0] === kernel[0] && strides[1] === kernel[1] && kernel[0] > 1 && sizes.Ho! > 1,
  'stride above the kernel': ({ parameters: { kernel, strides } }: CaseView) =>
    strides[0] > kernel[0],
  'strides differ': ({ parameters: { strides } }: CaseView) => strides[0] !== strides[1],
  'kernel of 1 × 1': ({ parameters: { kernel } }: CaseView) => kernel[0] === 1 && kernel[1] === 1,
  'even kernel': ({ parameters: { kernel } }: CaseView) => kernel[0] === 2 || kernel[1] === 2,
  'kernel not square': ({ parameters: { kernel } }: CaseView) => kernel[0] !== kernel[1],
  'image not square': ({ sizes }: CaseView) => sizes.H !== sizes.W,
  'one channel': ({ sizes }: CaseView) => sizes.K === 1,
  'several images': ({ sizes }: CaseView) => sizes.N! > 1,
  'windows in one row or column': ({ sizes }: CaseView) => sizes.Ho === 1 || sizes.Wo === 1,
  'last rows left over': ({ sizes, parameters: { kernel, strides, padding } }: CaseView) =>
    padding === 'valid' && (sizes.H! - kernel[0]) % strides[0] > 0,
  'padding valid': ({ parameters: { padding } }: CaseView) => padding === 'valid',
  'padding same': ({ parameters: { padding } }: CaseView) => padding === 'same',
  'padding by amounts': ({ parameters: { padding } }: CaseView) => typeof padding !== 'string',
  'windows reach over the border': reachesOver,
} as const

/** Those of operations that look for the largest number. */
export const maximumClasses = {
  ...poolClasses,
  'ties within a window': hasTie,
  'only negative numbers beside padding': (view: CaseView) =>
    reachesOver(view) && view.inputs.x!.data.every((value: number) => value < 0),
} as const
