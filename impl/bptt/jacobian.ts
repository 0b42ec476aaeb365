import * as tf from '@tensorflow/tfjs-core'
import type { jacobian as spec } from '../../spec/bptt/jacobian.ts'
import { recurrence, throughActivation } from '../layers/recurrent.ts'
import type { Fast } from '../operation.ts'

/**
 * Jacobian between the states of two steps.
 *
 * Clauses    bptt.jacobian-product, bptt.vanishing, bptt.exploding
 * Fast by    one product with the weights a step, for all sequences and all columns at once
 */
export const jacobian: Fast<typeof spec> = ({ x, U, W, b, h0 }, { activation, start, end }) => {
  const [T, N] = x.shape as [number, number]
  const H = W.shape[0]!
  const layer = { x, U, W, b, h0, padded: tf.zeros([T, N]) }
  const states = tf.unstack(recurrence(layer, { activation, direction: 'forward' }).h)
  // Columns of all Jacobians as rows, so that one product serves all of them.
  let columns = tf.tile(tf.eye(H), [N, 1])
  for (const h of states.slice(start, end)) {
    const through = tf.matMul(columns, W as tf.Tensor2D, false, true)
    const slopes = tf.reshape(tf.tile(tf.expandDims(h, 1), [1, H, 1]), [N * H, H])
    columns = throughActivation({ activation }, slopes, through) as tf.Tensor2D
  }
  return { J: tf.transpose(tf.reshape(columns, [N, H, H]), [0, 2, 1]) }
}
