import * as tf from '@tensorflow/tfjs-core'
import type { contractionRate as spec } from '../../spec/federated/contraction-rate.ts'
import type { Fast } from '../operation.ts'
import { metropolisWeights } from './gossip.ts'

/** The root of so high a power leaves nothing of the factor √K between its norm and its largest eigenvalue. */
const squarings = 20
/** What is divided by in place of 0; its root of any power is far below all rounding. */
const tiny = 1e-30

/**
 * Rate at which gossip on a graph converges.
 *
 * Clauses    federated.topology.contraction-rate
 * Fast by    squaring the weights less the mean, again and again: products alone, and no iteration that asks
 *            whether it is done
 */
export const contractionRate: Fast<typeof spec> = ({ graph }) => {
  const K = graph.shape[0]!
  const { weights } = metropolisWeights({ graph }, {})
  let power = tf.sub<tf.Tensor2D>(weights!, 1 / K)
  const norms: tf.Tensor[] = []
  for (let l = 0; l <= squarings; l++) {
    const norm = tf.maximum(tf.sqrt(tf.sum(tf.square(power))), tiny)
    norms.push(norm)
    const one = tf.div<tf.Tensor2D>(power, norm)
    power = tf.matMul(one, one)
  }
  const shares = norms.map((_, l) => 2 ** -l)
  const logarithm = tf.sum(tf.mul(tf.log(tf.stack(norms)), shares))
  return { rate: tf.minimum(tf.exp(logarithm), 1) }
}
