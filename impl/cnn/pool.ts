import * as tf from '@tensorflow/tfjs-core'
import type {
  averagePool as averageSpec,
  maxPool as maxSpec,
  poolOutputSize as sizeSpec,
} from '../../spec/cnn/pool.ts'
import { counts } from '../layers/counts.ts'
import { areSurelyFinite } from '../layers/finite.ts'
import type { Fast } from '../operation.ts'
import { poolPadding } from './pool-window.ts'

type Pair = [number, number]

/**
 * Max pooling.
 *
 * Clauses    cnn.pool.max, cnn.pool.channelwise and others of cnn.pool
 * Fast by    the backend's pooling. Of the window NaN, 1 it makes -Infinity on WebAssembly and 1 on
 *            the other backends, so unless all numbers are known to be finite NaNs are pooled as
 *            well, as flags. WebGPU and WebGL begin at -1e20, which is what they make of -2e20, so there
 *            numbers that low are pooled once more, scaled down. TensorFlow begins at the lowest
 *            finite number, which is what it makes of -Infinity, so there what is above that is
 *            pooled as well
 */
export const maxPool: Fast<typeof maxSpec> = ({ x }, pooling) => {
  const [, H, W] = x.shape as [number, number, number]
  const pool = (images: tf.Tensor) =>
    tf.maxPool(
      images as tf.Tensor4D,
      [...pooling.kernel] as Pair,
      [...pooling.strides] as Pair,
      poolPadding([H, W], pooling),
    )
  if (areSurelyFinite(x)) return { y: pool(x) }
  const flags = pool(tf.cast(tf.isNaN(x), 'float32'))
  const poolNumbers = careful[tf.getBackend()] ?? ((x, pool) => pool(x))
  return { y: tf.where(tf.greater(flags, 0), Number.NaN, poolNumbers(x, pool)) }
}

type Pool = (images: tf.Tensor) => tf.Tensor

/** The largest numbers, on backends that do not begin at -Infinity. */
const careful: Readonly<Record<string, (x: tf.Tensor, pool: Pool) => tf.Tensor>> = {
  webgpu: poolFromFarBelow,
  webgl: poolFromFarBelow,
  tensorflow: poolFromInfinity,
}

/** -Infinity where nothing under the window is above it. */
function poolFromInfinity(x: tf.Tensor, pool: Pool): tf.Tensor {
  const above = pool(tf.cast(tf.greater(x, Number.NEGATIVE_INFINITY), 'float32'))
  return tf.where(tf.greater(above, 0), pool(x), Number.NEGATIVE_INFINITY)
}

/** The largest numbers, however far below 0: scaled by 2^-64, every finite one is above -1e20. */
function poolFromFarBelow(x: tf.Tensor, pool: Pool): tf.Tensor {
  const direct = pool(x)
  const scaled = tf.mul(pool(tf.mul(x, 2 ** -64)), 2 ** 64)
  return tf.where(tf.less(direct, -1e19), scaled, direct)
}

/**
 * Average pooling.
 *
 * Clauses    cnn.pool.avg, cnn.pool.channelwise and others of cnn.pool
 * Fast by    the backend's pooling, which counts the pixels under the window only
 */
export const averagePool: Fast<typeof averageSpec> = ({ x }, pooling) => {
  const [, H, W] = x.shape as [number, number, number]
  const y = tf.avgPool(
    x as tf.Tensor4D,
    [...pooling.kernel] as Pair,
    [...pooling.strides] as Pair,
    poolPadding([H, W], pooling),
  )
  return { y }
}

/**
 * Size of a pooled image.
 *
 * Clauses    cnn.pool.output-size, cnn.pool.shift-stability
 * By         asking the library what its pooling leaves
 */
export const poolOutputSize: Fast<typeof sizeSpec> = (_, { rows, columns, ...pooling }) => {
  const { outHeight, outWidth } = tf.backend_util.computePool2DInfo(
    [1, rows, columns, 1],
    [...pooling.kernel] as Pair,
    [...pooling.strides] as Pair,
    1,
    poolPadding([rows, columns], pooling),
  )
  return { size: counts([outHeight, outWidth]) }
}
