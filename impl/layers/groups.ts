import * as tf from '@tensorflow/tfjs-core'

/** Beyond so many pairs of a number and a group, their table costs more than it is worth. */
const most = 2 ** 24

/**
 * The sum of each of some groups of numbers, by the group's number. While it is small enough by a table of
 * which number belongs where, since a scatter adds on WebGPU in the order in which threads arrive: of the
 * same numbers it gives other sums when it is asked again.
 */
export function sumsOfGroups(codes: tf.Tensor, numbers: tf.Tensor, groups: number): tf.Tensor1D {
  const column = (x: tf.Tensor) => tf.reshape(x, [x.size, 1])
  const whole = tf.cast(column(codes), 'int32')
  if (codes.size * groups > most) return tf.scatterND(whole, numbers, [groups])
  const isIn = tf.equal(whole, tf.range(0, groups, 1, 'int32'))
  return tf.sum(tf.where(isIn, column(numbers), 0), 0)
}
