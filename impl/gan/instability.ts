import * as tf from '@tensorflow/tfjs-core'
import type { bilinearGame as spec } from '../../spec/gan/instability.ts'
import type { Fast } from '../operation.ts'

/**
 * Gradient steps of two players of a bilinear game.
 *
 * Clauses    gan.instability.oscillation
 * Fast by    all parameters of a player at once
 */
export const bilinearGame: Fast<typeof spec> = ({ x, y }, { rate, steps, order }) => {
  const after = { x: [] as tf.Tensor[], y: [] as tf.Tensor[] }
  let [xt, yt] = [x, y]
  for (let t = 0; t < steps; t++) {
    const moved = tf.sub(xt, tf.mul(yt, rate))
    yt = tf.add(yt, tf.mul(order === 'alternating' ? moved : xt, rate))
    xt = moved
    after.x.push(xt)
    after.y.push(yt)
  }
  return { x: tf.stack(after.x), y: tf.stack(after.y) }
}
