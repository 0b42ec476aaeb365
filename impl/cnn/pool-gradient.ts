import * as tf from '@tensorflow/tfjs-core'
import type {
  averagePoolGradient as averageSpec,
  maxPoolGradient as maxSpec,
} from '../../spec/cnn/pool-gradient.ts'
import { areSurelyFinite } from '../layers/finite.ts'
import { firstLargest } from '../layers/first.ts'
import { isTensorflowOnCpu, onHost } from '../layers/host.ts'
import type { Fast } from '../operation.ts'
import { scatterLargest, scatterShares } from './pool-scatter.ts'
import { type Pooling, poolPadding, tabulateWindows } from './pool-window.ts'

type Pair = [number, number]

/** The rows of pixels or windows, one below the other. */
function flattened(x: tf.Tensor): tf.Tensor3D {
  const [N, H, W, K] = x.shape as [number, number, number, number]
  return tf.reshape(x, [N, H * W, K])
}

/**
 * Gradient of max pooling.
 *
 * Clauses    cnn.pool.backward
 * Fast by    one loop over the windows where the host computes, and the kernel of TensorFlow on CPU for
 *            finite numbers, which takes the first of equal ones. Elsewhere gathering: the pixels
 *            under each window, of which the first of the largest is marked, and back the windows
 *            over each pixel. The kernel of the library loses, on WebAssembly, what belongs to pixels
 *            that are not above 0: of x = 0 and dy = 1 it makes dx = 0
 */
export const maxPoolGradient: Fast<typeof maxSpec> = ({ x, dy }, pooling) => {
  if (onHost()) return { dx: scatterLargest(x, dy, pooling) }
  if (tf.getBackend() === 'tensorflow' && areSurelyFinite(x)) {
    return { dx: libraryGradient(x, dy, pooling) }
  }
  return { dx: gatherLargest(x, dy, pooling) }
}

function libraryGradient(x: tf.Tensor, dy: tf.Tensor, pooling: Pooling): tf.Tensor {
  const [, H, W] = x.shape as [number, number, number]
  const [filterSize, strides] = [[...pooling.kernel], [...pooling.strides]] as [Pair, Pair]
  const pad = poolPadding([H, W], pooling)
  const output = tf.maxPool(x as tf.Tensor4D, filterSize, strides, pad)
  const attributes = { filterSize, strides, pad }
  return tf.engine().runKernel(tf.MaxPoolGrad, { dy, input: x, output }, attributes) as tf.Tensor
}

function gatherLargest(x: tf.Tensor, dy: tf.Tensor, pooling: Pooling): tf.Tensor {
  const [N, H, W, K] = x.shape as [number, number, number, number]
  const { pixels, cover } = tabulateWindows([H, W], pooling)
  const outside = tf.fill<tf.Rank.R3>([N, 1, K], Number.NEGATIVE_INFINITY)
  const under = tf.gather(tf.concat([flattened(x), outside], 1), pixels(), 1)
  const first = firstLargest(under, 2)
  const { window, place } = cover()
  const isFirst = tf.equal(tf.gather(first, window, 1), place)
  const dw = tf.gather(flattened(dy), window, 1)
  return tf.reshape(tf.sum(tf.where(isFirst, dw, tf.zerosLike(dw)), 2), x.shape)
}

/**
 * Gradient of average pooling.
 *
 * Clauses    cnn.pool.backward
 * Fast by    one loop over the windows where the host computes; with TensorFlow on CPU the gradient of a depthwise
 *            convolution with filters of ones, which has one stride for both axes. Elsewhere gathering the
 *            shares of all windows over each pixel. The kernel of the library counts padding as pixels: one
 *            pixel under a window of 1 × 2 with dy = 1 gets 0.5 instead of 1
 */
export const averagePoolGradient: Fast<typeof averageSpec> = (
  { dy },
  { image: [H, W], ...pooling },
) => {
  const image = [H!, W!] as const
  if (onHost()) return { dx: scatterShares(dy, image, pooling) }
  const isEqual = pooling.strides[0] === pooling.strides[1]
  const spread = isEqual && isTensorflowOnCpu() ? spreadShares : gatherShares
  return { dx: spread(dy, image, pooling) }
}

/** An equal part of what arrives at each window, for each pixel under it. */
function sharesOf(dy: tf.Tensor, { counts }: ReturnType<typeof tabulateWindows>): tf.Tensor {
  return tf.div(flattened(dy), counts())
}

function spreadShares(dy: tf.Tensor, image: readonly [number, number], pooling: Pooling) {
  const [N, , , K] = dy.shape as [number, number, number, number]
  const shares = tf.reshape(sharesOf(dy, tabulateWindows(image, pooling)), dy.shape)
  const ones = tf.ones([...pooling.kernel, K, 1])
  const attributes = {
    strides: [...pooling.strides],
    pad: poolPadding(image, pooling),
    dilations: 1,
    inputShape: [N, ...image, K],
  }
  const inputs = { dy: shares, filter: ones }
  return tf
    .engine()
    .runKernel(tf.DepthwiseConv2dNativeBackpropInput, inputs, attributes) as tf.Tensor
}

function gatherShares(dy: tf.Tensor, [H, W]: readonly [number, number], pooling: Pooling) {
  const [N, , , K] = dy.shape as [number, number, number, number]
  const windows = tabulateWindows([H, W], pooling)
  const { window, place } = windows.cover()
  const shares = tf.gather(sharesOf(dy, windows), window, 1)
  const arriving = tf.where(tf.greaterEqual(place, 0), shares, tf.zerosLike(shares))
  return tf.reshape(tf.sum(arriving, 2), [N, H, W, K])
}
