import * as tf from '@tensorflow/tfjs-core'
import type {
  iidPartition as partitionSpec,
  setting as spec,
} from '../../spec/federated/settings.ts'
import type { Fast } from '../operation.ts'

/**
 * Cross-silo or cross-device.
 *
 * Clauses    federated.settings.taxonomy
 * Fast by    three comparisons
 */
export const setting: Fast<typeof spec> = (_, { clients, reliable, available }) => ({
  crossSilo: tf.scalar(reliable && available && clients <= 100 ? 1 : 0),
})

/**
 * Random partition of points, in proportion to speeds.
 *
 * Clauses    federated.distributed.iid-partition
 * Fast by    one sort, one scatter of owners, and one count of all of them
 */
export const iidPartition: Fast<typeof partitionSpec> = ({ draws }, { speeds }) => {
  const [N] = draws.shape as [number]
  const whole = speeds.reduce((sum, c) => sum + c, 0)
  const byPlace: number[] = []
  let speed = 0
  for (const [k, c] of speeds.entries()) {
    speed += c
    const end = Math.floor((N * speed) / whole)
    while (byPlace.length < end) byPlace.push(k)
  }
  const { indices } = tf.topk(tf.neg(draws as tf.Tensor1D), N)
  const owners = tf.scatterND(tf.reshape(indices, [N, 1]), tf.tensor1d(byPlace), [N])
  const isOwner = tf.equal(tf.expandDims(owners, 1), tf.range(0, speeds.length))
  return { owners, counts: tf.sum(tf.cast(isOwner, 'float32'), 0) }
}
