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
 * Fast by    one sort; sizes follow from the parameters alone, and are known before
 */
export const iidPartition: Fast<typeof partitionSpec> = ({ draws }, { speeds }) => {
  const [N] = draws.shape as [number]
  const whole = speeds.reduce((sum, c) => sum + c, 0)
  const counts: number[] = []
  let [speed, before] = [0, 0]
  for (const c of speeds) {
    speed += c
    const end = Math.floor((N * speed) / whole)
    counts.push(end - before)
    before = end
  }
  const byPlace = counts.flatMap((count, k) => new Array<number>(count).fill(k))
  const { indices } = tf.topk(tf.neg(draws as tf.Tensor1D), N)
  return {
    owners: tf.scatterND(tf.reshape(indices, [N, 1]), tf.tensor1d(byPlace), [N]),
    counts: tf.tensor1d(counts),
  }
}
