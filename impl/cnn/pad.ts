import * as tf from '@tensorflow/tfjs-core'
import type { zeroPadGradient as gradientSpec, zeroPad as spec } from '../../spec/cnn/pad.ts'
import { explicitPadding } from '../layers/window.ts'
import type { Fast } from '../operation.ts'

/**
 * Images surrounded by zeros.
 *
 * Clauses    cnn.pad.zero
 * Fast by    the backend's padding
 */
export const zeroPad: Fast<typeof spec> = ({ x }, { padding }) => ({
  y: tf.pad(x, explicitPadding(padding)),
})

/**
 * Gradient of images surrounded by zeros.
 *
 * Clauses    cnn.pad.zero
 * Fast by    one slice
 */
export const zeroPadGradient: Fast<typeof gradientSpec> = (
  { dy },
  { padding: [top, bottom, left, right] },
) => {
  const [N, Hp, Wp, K] = dy.shape as [number, number, number, number]
  return { dx: tf.slice(dy, [0, top, left, 0], [N, Hp - top - bottom, Wp - left - right, K]) }
}
