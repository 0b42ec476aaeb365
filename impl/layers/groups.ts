import * as tf from '@tensorflow/tfjs-core'

/** Backends of one thread, or of several that write apart: their scatter adds in the order of the numbers. */
const inOrder: ReadonlySet<string> = new Set(['cpu', 'wasm'])
/** Beyond so many pairs of a number and a group, their table costs more than it is worth. */
const most = 2 ** 20

/**
 * The sum of each of some groups of numbers, by the group's number. On a GPU, while it is small enough, by a table
 * of which number belongs where: a scatter adds on WebGPU in the order in which threads arrive, and gives of the
 * same numbers other sums when it is asked again.
 */
export function sumsOfGroups(codes: tf.Tensor, numbers: tf.Tensor, groups: number): tf.Tensor1D {
  const column = (x: tf.Tensor) => tf.reshape(x, [x.size, 1])
  const whole = tf.cast(column(codes), 'int32')
  if (inOrder.has(tf.getBackend()) || codes.size * groups > most) {
    return tf.scatterND(whole, numbers, [groups])
  }
  const isIn = tf.equal(whole, tf.range(0, groups, 1, 'int32'))
  return tf.sum(tf.where(isIn, column(numbers), 0), 0)
}
