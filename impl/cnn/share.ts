import * as tf from '@tensorflow/tfjs-core'
import type {
  locallyConnectedGradient as gradientSpec,
  locallyConnected as spec,
} from '../../spec/cnn/share.ts'
import { totalOf } from '../layers/total.ts'
import { patchesOf, resolvePadding, stretch } from '../layers/window.ts'
import type { Fast } from '../operation.ts'

type Four = [number, number, number, number]
type Six = [number, number, number, number, number, number]

/**
 * Locally connected layer, with weights of its own at each position.
 *
 * Clauses    cnn.share.weights
 * Fast by    one product of matrices a position, all in one call: images × window by window × filters
 */
export const locallyConnected: Fast<typeof spec> = (
  { x, filters, bias },
  { strides, dilations, padding },
) => {
  const [Ho, Wo, Hf, Wf, K, Q] = filters.shape as Six
  const [N] = x.shape as Four
  const columns = patchesOf(x, [Hf, Wf], strides, dilations, padding)
  const y = tf.matMul(byPosition(columns), tf.reshape(filters, [Ho * Wo, Hf * Wf * K, Q]))
  return { y: tf.add(byImage(y, [N, Ho, Wo, Q]), bias) }
}

/**
 * Gradients of a locally connected layer.
 *
 * Clauses    cnn.share.weights
 * Fast by    two products of matrices a position, all in one call each; the gradients of the windows
 *            are laid over each other, one pixel of the kernel after the other
 */
export const locallyConnectedGradient: Fast<typeof gradientSpec> = (
  { x, filters, dy },
  { strides, dilations, padding },
) => {
  const [Ho, Wo, Hf, Wf, K, Q] = filters.shape as Six
  const [N, H, W] = x.shape as Four
  const P = Hf * Wf * K
  const columns = patchesOf(x, [Hf, Wf], strides, dilations, padding)
  const upstream = byPosition(dy)

  const asColumns = tf.transpose(tf.reshape(columns, [N, Ho * Wo, P]), [1, 2, 0])
  const dFilters = tf.reshape(tf.matMul(asColumns, upstream), filters.shape)
  const turned = tf.transpose(tf.reshape(filters, [Ho * Wo, P, Q]), [0, 2, 1])
  const dColumns = byImage(tf.matMul(upstream, turned), [N, Ho, Wo, P])

  const spread = stretch(dColumns, strides)
  const [, rows, lines] = spread.shape as Four
  const [lastRow, lastLine] = [dilations[0] * (Hf - 1), dilations[1] * (Wf - 1)]
  const laid: tf.Tensor[] = []
  for (let u = 0; u < Hf; u++) {
    for (let v = 0; v < Wf; v++) {
      const [down, across] = [dilations[0] * u, dilations[1] * v]
      const one = tf.slice(spread, [0, 0, 0, (u * Wf + v) * K], [N, rows, lines, K])
      laid.push(
        tf.pad(one, [
          [0, 0],
          [down, lastRow - down],
          [across, lastLine - across],
          [0, 0],
        ]),
      )
    }
  }
  const [top, , left] = resolvePadding(padding, [H, W], [Hf, Wf], strides, dilations)
  const dPadded = totalOf(laid)
  return { dx: cutOut(dPadded, [top, left], [N, H, W, K]), dFilters, dBias: tf.sum(dy, 0) }
}

/** `N × Ho × Wo × C` as one matrix `N × C` a position. */
function byPosition(t: tf.Tensor): tf.Tensor {
  const [N, Ho, Wo, C] = t.shape as Four
  return tf.transpose(tf.reshape(t, [N, Ho * Wo, C]), [1, 0, 2])
}

/** One matrix `N × C` a position as `N × Ho × Wo × C`. */
function byImage(t: tf.Tensor, [N, Ho, Wo, C]: Four): tf.Tensor {
  return tf.reshape(tf.transpose(t, [1, 0, 2]), [N, Ho, Wo, C])
}

/** The part of a shape from a corner on; what lies beyond the array is 0. */
function cutOut(t: tf.Tensor, [top, left]: readonly [number, number], shape: Four): tf.Tensor {
  const [, H, W] = shape
  const missing = [top + H - t.shape[1]!, left + W - t.shape[2]!].map((n) => Math.max(0, n))
  const whole = missing.some((n) => n > 0)
    ? tf.pad(t, [
        [0, 0],
        [0, missing[0]!],
        [0, missing[1]!],
        [0, 0],
      ])
    : t
  return tf.slice(whole, [0, top, left, 0], shape)
}
