import type { NumberArray } from '../../../reference/arithmetic/array.ts'
import { conv2d, convolutionDimensions } from '../../../spec/cnn/conv2d.ts'
import { dilations, extent, smallestImage, strides } from '../../../spec/cnn/window.ts'
import {
  atLeast,
  derived,
  free,
  type Parameters,
  type Sizes,
} from '../../../spec/language/operation.ts'
import { choice, integer, pair, tuple } from '../../../spec/language/parameter.ts'
import { permuted } from '../../kit/arrays.ts'

/** The axes of a convolution in ranges small enough for laws that ask several questions a case. */
export const smallDimensions = {
  ...convolutionDimensions,
  Hf: free(1, 3, 'rows of the kernel'),
  Wf: free(1, 3, 'columns of the kernel'),
  K: free(1, 3, 'channels'),
  Q: free(1, 3, 'filters'),
  H: atLeast(smallestImage(0), 3, 'rows', 'the extent of the kernel less the padding'),
  W: atLeast(smallestImage(1), 3, 'columns', 'the extent of the kernel less the padding'),
} as const

const { inputs, parameters } = conv2d
const amount = integer({ min: 0, upTo: 2 })

export const small = { dimensions: smallDimensions, inputs, parameters } as const

/** Small cases of which every window lies within the image. */
export const unpadded = {
  dimensions: smallDimensions,
  inputs,
  parameters: { strides, dilations: pair(integer({ min: 1, upTo: 2 })), padding: choice('valid') },
} as const

/** Small cases in which four amounts of padding are given. */
export const padded = {
  dimensions: smallDimensions,
  inputs,
  parameters: { strides, dilations, padding: tuple(amount, amount, amount, amount) },
} as const

/** The axes of a convolution whose kernel is a single pixel, which sizes that differ never give. */
export const pointDimensions = {
  ...convolutionDimensions,
  Hf: derived(() => 1, 'rows of the kernel'),
  Wf: derived(() => 1, 'columns of the kernel'),
  H: free(1, 6, 'rows'),
  W: free(1, 6, 'columns'),
} as const

const covered = (kernel: 'Hf' | 'Wf', axis: 0 | 1) => (sizes: Sizes, parameters: Parameters) =>
  extent(sizes[kernel]!, parameters.dilations[axis])

/** The axes of a convolution whose kernel covers the whole image, with as many filters as channels. */
export const wholeDimensions = {
  ...convolutionDimensions,
  Q: derived(({ K }) => K!, 'filters'),
  H: derived(covered('Hf', 0), 'rows'),
  W: derived(covered('Wf', 1), 'columns'),
} as const

/** The parameters of a convolution whose windows lie within the image. */
export const wholeParameters = { strides, dilations, padding: choice('valid') } as const

/** A convolution at every position, of neighbouring pixels. */
export const plainly = { strides: [1, 1], dilations: [1, 1], padding: 'valid' } as const

/** An array turned by half a circle in its first two axes. */
export function turned(array: NumberArray<number>): NumberArray<number> {
  const [H, W] = array.shape as [number, number]
  return permuted(array, (u, v, ...rest) => [H - 1 - u!, W - 1 - v!, ...rest])
}
