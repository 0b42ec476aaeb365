import * as tf from '@tensorflow/tfjs-core'
import type {
  flip as flipSpec,
  lightJitter as lightSpec,
  pcaShift as pcaSpec,
  augmentedSet as setSpec,
} from '../../spec/cnn/augment.ts'
import type { Fast } from '../operation.ts'

function relight(
  x: tf.Tensor,
  { contrast, brightness }: { contrast: number; brightness: number },
  top: number,
): tf.Tensor {
  return tf.clipByValue(tf.add(tf.mul(x, contrast), brightness), 0, top)
}

/**
 * Jitter of contrast and brightness.
 *
 * Clauses    cnn.augment.jitter
 * Fast by    three kernels on the whole batch
 */
export const lightJitter: Fast<typeof lightSpec> = ({ x }, { top, ...light }) => ({
  y: relight(x, light, top),
})

/**
 * Colour shift along principal components.
 *
 * Clauses    cnn.augment.jitter
 * Fast by    one matrix product for the shifts of all images
 */
export const pcaShift: Fast<typeof pcaSpec> = ({ x, components, eigenvalues, draws }) => {
  const [N, , , K] = x.shape as [number, number, number, number]
  const lengths = tf.mul(draws, eigenvalues) as tf.Tensor2D
  const shift = tf.matMul(lengths, components as tf.Tensor2D, false, true)
  return { y: tf.add(x, tf.reshape(shift, [N, 1, 1, K])) }
}

/**
 * Horizontal reflection of images.
 *
 * Clauses    cnn.augment.jitter
 * Fast by    the backend's reversal of an axis
 */
export const flip: Fast<typeof flipSpec> = ({ x }) => ({ y: tf.reverse(x, [2]) })

/**
 * Training set augmented by jitter.
 *
 * Clauses    cnn.augment.jitter
 * Fast by    each jitter on the whole batch, joined at the end
 */
export const augmentedSet: Fast<typeof setSpec> = ({ x, labels }, { jitters, top }) => {
  const copies = jitters.map((jitter) => {
    const lit = relight(x, jitter, top)
    return jitter.flip ? tf.reverse(lit, [2]) : lit
  })
  return {
    images: tf.concat(copies as tf.Tensor4D[], 0),
    classes: tf.tile(labels, [jitters.length]),
  }
}
