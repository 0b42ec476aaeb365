import * as tf from '@tensorflow/tfjs-core'

/** From so many elements on WebGPU divides a row among threads. */
const divided = 32

/**
 * Places along an axis, the last unless told otherwise, of the first of the largest elements. In long rows not
 * by `tf.argMax`, which on WebGPU gives another of equal elements: of 1, 0, 0 … 0, 32 numbers, the smallest
 * is at 16 in place of 1, nor on TensorFlow, which seeks from the lowest finite number on: of -Infinity,
 * -3.4028235e38 the largest is at 0 in place of 1. What is no number is not the largest, if another is there.
 */
export function firstLargest(x: tf.Tensor, axis = x.rank - 1): tf.Tensor {
  const n = x.shape[axis]!
  if (n < divided && tf.getBackend() !== 'tensorflow') return tf.argMax(x, axis)
  const numbers = tf.where(tf.isNaN(x), Number.NEGATIVE_INFINITY, x)
  const isLargest = tf.equal(numbers, tf.max(numbers, axis, true))
  const later = tf.mul(tf.cast(tf.logicalNot(isLargest), 'float32'), n)
  const places = tf.reshape(tf.range(0, n), [n, ...x.shape.slice(axis + 1).map(() => 1)])
  return tf.cast(tf.min(tf.add(places, later), axis), 'int32')
}

/** Places along the last axis of the first of the smallest elements. */
export function firstSmallest(x: tf.Tensor): tf.Tensor {
  return firstLargest(tf.neg(x))
}
