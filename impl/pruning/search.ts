import * as tf from '@tensorflow/tfjs-core'
import type {
  maskFromCode as codeSpec,
  evolveMasks as evolveSpec,
  maskFitness as spec,
} from '../../spec/pruning/search.ts'
import type { Fast } from '../operation.ts'
import { keep } from './connection.ts'

/**
 * Mask that a whole number stands for.
 *
 * Clauses    pruning.search.mask-encoding
 * Fast by    all digits at once
 */
export const maskFromCode: Fast<typeof codeSpec> = (_, { connections, code }) => {
  const digits = Array.from({ length: connections }, (_, k) => (code >> k) & 1)
  return { mask: tf.tensor1d(digits) }
}

/** The loss of each row of weights, and the price of its connections. */
function worth(
  networks: tf.Tensor,
  masks: tf.Tensor,
  { matrix, minimum }: Readonly<Record<'matrix' | 'minimum', tf.Tensor>>,
  price: number,
): tf.Tensor {
  const off = tf.sub(networks, minimum) as tf.Tensor2D
  const squares = tf.sum(tf.mul(tf.matMul(off, matrix as tf.Tensor2D), off), 1)
  return tf.add(tf.mul(squares, 0.5), tf.mul(tf.sum(masks, 1), price))
}

/**
 * Loss and size of networks with some of the connections.
 *
 * Clauses    pruning.search.mask-encoding, pruning.search.evolution
 * Fast by    one matrix product for all networks
 */
export const maskFitness: Fast<typeof spec> = ({ masks, weights, ...loss }, { price }) => {
  const networks = keep(masks, tf.broadcastTo(weights, masks.shape))
  return { networks, fitness: worth(networks, masks, loss, price) }
}

/**
 * Generation of an evolutionary search for masks and weights.
 *
 * Clauses    pruning.search.evolution
 * Fast by    all networks as the rows of one array; the largest of the negative values, of which equal
 *            ones come in the order of their indices, parents before children
 */
export const evolveMasks: Fast<typeof evolveSpec> = (
  { masks, weights, flips, noise, ...loss },
  { price },
) => {
  const [A] = masks.shape as [number]
  const [B] = flips.shape as [number]
  const parents = Array.from({ length: B }, (_, b) => b % A)
  const parent = (values: tf.Tensor) => tf.gather(values, tf.tensor1d(parents, 'int32'))
  const bits = tf.concat([masks, tf.abs(tf.sub(parent(masks), flips))])
  const all = tf.concat([weights, tf.add(parent(weights), noise)])
  const values = worth(keep(bits, all), bits, loss, price)
  const { indices } = tf.topk(tf.neg(values), A)
  return {
    masks: tf.gather(bits, indices as tf.Tensor1D),
    weights: tf.gather(all, indices as tf.Tensor1D),
    fitness: tf.gather(values, indices as tf.Tensor1D),
  }
}
