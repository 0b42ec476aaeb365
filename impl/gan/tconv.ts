import * as tf from '@tensorflow/tfjs-core'
import type { tconv2dGradient as gradientSpec, tconv2d as spec } from '../../spec/gan/tconv.ts'
import type { ParametersOf } from '../../spec/language/operation.ts'
import { biasGradient } from '../layers/bias.ts'
import { convolution } from '../layers/convolution.ts'
import {
  convolutionFilterGradient,
  convolutionInputGradient,
} from '../layers/convolution-gradient.ts'
import { reachOf, type Sliding } from '../layers/window.ts'
import type { Fast } from '../operation.ts'

type Four = [number, number, number, number]
type Pair = readonly [vertical: number, horizontal: number]
type Geometry = ParametersOf<typeof spec>

/**
 * Transposed convolution.
 *
 * Clauses    gan.tconv.matrix-transpose and all others of gan.tconv, gan.dcgan.shapes
 * Fast by    one convolution of the input, spread out by the stride, with the filters turned round;
 *            one a group, since TensorFlow.js has none in groups
 */
export const tconv2d: Fast<typeof spec> = ({ z, filters, bias }, parameters) => {
  const size = sizesOf(z, filters, parameters).result
  const sums = byGroup(parameters.groups, z, filters, (input, bank) =>
    convolutionInputGradient(bank, input, size, slidingOf(parameters)),
  )
  return { y: tf.add(sums, bias) }
}

/**
 * Gradients of the transposed convolution.
 *
 * Clauses    gan.tconv.gradients
 * Fast by    one convolution for the input, and one for the filters with the input in their place
 */
export const tconv2dGradient: Fast<typeof gradientSpec> = ({ z, filters, dy }, parameters) => {
  const [Hf, Wf] = filters.shape as Four
  const sliding = slidingOf(parameters)
  const reached = reachedPart(dy, z, filters, parameters)
  const positions = z.shape as Four
  return {
    dz: byGroup(parameters.groups, reached, filters, (given, bank) => {
      const convolved = convolution(given, bank, null, sliding)
      return tf.slice(convolved, 0, positions.with(3, convolved.shape[3]!))
    }),
    dFilters: byGroup(parameters.groups, reached, z, (given, input) =>
      convolutionFilterGradient(given, input, [Hf, Wf], sliding),
    ),
    dBias: biasGradient(dy),
  }
}

/** The convolution between result and input; where output padding is more than the padding, that is none. */
function slidingOf({ strides, dilations, padding, outputPadding }: Geometry): Sliding {
  const [top, bottom, left, right] = padding
  const behind = (amount: number, more: number) => Math.max(0, amount - more)
  return {
    strides,
    dilations,
    padding: [top, behind(bottom, outputPadding[0]), left, behind(right, outputPadding[1])],
  }
}

/** The size of the result, and how much of it the kernel may reach from the top and from the left. */
function sizesOf(
  z: tf.Tensor,
  filters: tf.Tensor,
  { strides, dilations, padding, outputPadding }: Geometry,
): { readonly result: Pair; readonly reached: Pair } {
  const [, Ho, Wo] = z.shape as Four
  const [Hf, Wf] = filters.shape as Four
  const [reachH, reachW] = reachOf([Hf, Wf], dilations)
  const [top, bottom, left, right] = padding
  const rows = (Ho - 1) * strides[0] + reachH - top
  const columns = (Wo - 1) * strides[1] + reachW - left
  return {
    result: [rows - bottom + outputPadding[0], columns - right + outputPadding[1]],
    reached: [rows, columns],
  }
}

/** What arrives, without the zeros behind the kernel: these would be further positions of the convolution. */
function reachedPart(dy: tf.Tensor, z: tf.Tensor, filters: tf.Tensor, parameters: Geometry) {
  const { result, reached } = sizesOf(z, filters, parameters)
  // Where the padding cuts off all that the kernel reaches, a row of zeros stands for what is left.
  const [rows, columns] = [0, 1].map((axis) =>
    Math.max(1, Math.min(result[axis]!, reached[axis]!)),
  ) as [number, number]
  if (rows === result[0] && columns === result[1]) return dy
  return tf.slice(dy, 0, [dy.shape[0]!, rows, columns, dy.shape[3]!])
}

/** What a function gives of each group of the last axis of both arrays, side by side. */
function byGroup(
  groups: number,
  first: tf.Tensor,
  second: tf.Tensor,
  compute: (first: tf.Tensor, second: tf.Tensor) => tf.Tensor,
): tf.Tensor {
  if (groups === 1) return compute(first, second)
  const others = tf.split(second, groups, 3)
  return tf.concat(
    tf.split(first, groups, 3).map((part, g) => compute(part, others[g]!)),
    3,
  )
}
