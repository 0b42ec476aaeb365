import * as tf from '@tensorflow/tfjs-core'
import type { Fast } from '../../impl/operation.ts'
import type { averagePool, lrn, matMul, maxPool, softmax, tanhCell } from './operations.ts'

const maxPoolFast: Fast<typeof maxPool> = ({ x }, { kernel, strides, padding }) => ({
  y: tf.maxPool(x as tf.Tensor4D, [...kernel], [...strides], padding),
})

const averagePoolFast: Fast<typeof averagePool> = ({ x }, { kernel, strides, padding }) => ({
  y: tf.avgPool(x as tf.Tensor4D, [...kernel], [...strides], padding),
})

const lrnFast: Fast<typeof lrn> = ({ x }, { radius, bias, alpha, beta }) => ({
  y: tf.localResponseNormalization(x as tf.Tensor4D, radius, bias, alpha, beta),
})

const softmaxFast: Fast<typeof softmax> = ({ x }) => ({ y: tf.softmax(x) })

const matMulFast: Fast<typeof matMul> = ({ a, b }) => ({ y: tf.matMul(a, b) })

const tanhCellFast: Fast<typeof tanhCell> = ({ x, h, U, W, b }) => ({
  y: tf.tanh(tf.add(tf.add(tf.matMul(x, U), tf.matMul(h, W)), b)),
})

/** What TensorFlow.js itself does for each operation, by its id. */
export const fast = {
  'prove.maxPool': maxPoolFast,
  'prove.averagePool': averagePoolFast,
  'prove.lrn': lrnFast,
  'prove.softmax': softmaxFast,
  'prove.matMul': matMulFast,
  'prove.tanhCell': tanhCellFast,
} as const
