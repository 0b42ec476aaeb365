import * as tf from '@tensorflow/tfjs-core'
import type {
  averagePoolGradient as averageSpec,
  maxPoolGradient as maxSpec,
} from '../../spec/cnn/pool-gradient.ts'
import { firstLargest } from '../layers/first.ts'
import type { Fast } from '../operation.ts'
import { tabulateWindows } from './pool-window.ts'

/** The rows of pixels or windows, one below the other. */
function flattened(x: tf.Tensor): tf.Tensor3D {
  const [N, H, W, K] = x.shape as [number, number, number, number]
  return tf.reshape(x, [N, H * W, K])
}

/**
 * Gradient of max pooling.
 *
 * Clauses    cnn.pool.backward
 * Fast by    gathering: the pixels under each window, of which the first of the largest is marked,
 *            and back the windows over each pixel. The kernel of the library loses, on WebAssembly,
 *            what belongs to pixels that are not above 0: of x = 0 and dy = 1 it makes dx = 0
 */
export const maxPoolGradient: Fast<typeof maxSpec> = ({ x, dy }, pooling) => {
  const [N, H, W, K] = x.shape as [number, number, number, number]
  const { pixels, cover } = tabulateWindows([H, W], pooling)
  const outside = tf.fill<tf.Rank.R3>([N, 1, K], Number.NEGATIVE_INFINITY)
  const under = tf.gather(tf.concat([flattened(x), outside], 1), pixels(), 1)
  const first = firstLargest(under, 2)
  const { window, place } = cover()
  const apart = tf.sub(tf.cast(tf.gather(first, window, 1), 'float32'), tf.cast(place, 'float32'))
  // 1 where the places are the same, else 0; to compare them takes WebAssembly twenty times as long.
  const chosen = tf.relu(tf.sub(1, tf.abs(apart)))
  const arriving = tf.gather(flattened(dy), window, 1)
  return { dx: tf.reshape(tf.sum(tf.mul(arriving, chosen), 2), x.shape) }
}

/**
 * Gradient of average pooling.
 *
 * Clauses    cnn.pool.backward
 * Fast by    gathering the shares of all windows over each pixel. The kernel of the library counts
 *            padding as pixels: one pixel under a window of 1 × 2 with dy = 1 gets 0.5 instead of 1
 */
export const averagePoolGradient: Fast<typeof averageSpec> = (
  { dy },
  { image: [H, W], ...pooling },
) => {
  const [N, , , K] = dy.shape as [number, number, number, number]
  const { counts, cover } = tabulateWindows([H!, W!], pooling)
  const { window, place } = cover()
  const shares = tf.gather(tf.div(flattened(dy), counts()), window, 1)
  const covered = tf.cast(tf.greaterEqual(place, 0), 'float32')
  return { dx: tf.reshape(tf.sum(tf.mul(shares, covered), 2), [N, H!, W!, K]) }
}
