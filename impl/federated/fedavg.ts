import * as tf from '@tensorflow/tfjs-core'
import type { fedAvg as spec } from '../../spec/federated/fedavg.ts'
import type { Fast } from '../operation.ts'
import { localModels, meanOrBefore } from './client-update-model.ts'

/**
 * FedAvg.
 *
 * Clauses    federated.fedavg.server
 * Fast by    two products for a local step of all participants of a round, and one for their mean
 */
export const fedAvg: Fast<typeof spec> = (inputs, parameters) => {
  const { x, y, counts, participants, batches } = inputs
  const M = participants.shape[1]!
  const ofRounds = tf.unstack(batches)
  let model = { w: inputs.w, b: inputs.b }
  const rounds = tf.unstack(participants).map((clients, t) => {
    const n = tf.gather(counts, tf.cast(clients, 'int32'))
    const copies = (theta: tf.Tensor) =>
      tf.tile(tf.expandDims(theta, 0), [M, ...theta.shape.map(() => 1)])
    const start = { w: copies(model.w), b: copies(model.b) }
    const data = { x, y, clients, counts: n, batches: ofRounds[t]! }
    const sent = localModels(start, data, parameters).at(-1)!
    model = meanOrBefore(sent, n, model)
    return { ...model, sent }
  })
  return {
    w: tf.stack(rounds.map(({ w }) => w)),
    b: tf.stack(rounds.map(({ b }) => b)),
    clientW: tf.stack(rounds.map(({ sent }) => sent.w)),
    clientB: tf.stack(rounds.map(({ sent }) => sent.b)),
  }
}
