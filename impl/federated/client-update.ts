import * as tf from '@tensorflow/tfjs-core'
import type { clientUpdate as spec } from '../../spec/federated/client-update.ts'
import type { Fast } from '../operation.ts'
import { localModels } from './client-update-model.ts'

/**
 * Local steps of a client.
 *
 * Clauses    federated.client-update.local-steps
 * Fast by    two matrix products a step
 */
export const clientUpdate: Fast<typeof spec> = ({ w, b, x, y, count, batches }, parameters) => {
  const one = (array: tf.Tensor) => tf.expandDims(array, 0)
  const client = {
    x: one(x),
    y: one(y),
    clients: tf.zeros([1]),
    counts: tf.reshape(count, [1]),
    batches: one(batches),
  }
  const models = localModels({ w: one(w), b: one(b) }, client, parameters)
  return {
    w: tf.concat(models.map((model) => model.w)),
    b: tf.concat(models.map((model) => model.b)),
  }
}
