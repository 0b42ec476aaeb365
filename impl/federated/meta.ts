import * as tf from '@tensorflow/tfjs-core'
import type {
  metaFirstOrder as firstSpec,
  metaObjectiveGradient as gradientSpec,
  metaObjective as spec,
} from '../../spec/federated/meta.ts'
import type { Fast } from '../operation.ts'
import type { Models } from './client-update-model.ts'
import { type Clients, hessiansTimes, meanGradients, meanLosses } from './personalized-loss.ts'

/** Models less a rate times what they are moved against; one model is moved for every client. */
const moved = (models: Models, slopes: Models, rate: number): Models => ({
  w: tf.sub(models.w, tf.mul(slopes.w, rate)),
  b: tf.sub(models.b, tf.mul(slopes.b, rate)),
})

/** One model for all clients, along an axis of its own. */
const common = ({ w, b }: Models): Models => ({ w: tf.expandDims(w, 0), b: tf.expandDims(b, 0) })

const adapted = (theta: Models, clients: Clients, alpha: number) =>
  moved(theta, meanGradients(theta, clients), alpha)

/**
 * Objective of a common model that each client adapts by one step.
 *
 * Clauses    federated.meta.objective, federated.meta.gradient
 * Fast by    the steps of all clients in batched products
 */
export const metaObjective: Fast<typeof spec> = ({ w, b, x, y, counts }, { alpha, loss }) => {
  const clients = { x, y, counts, loss }
  const models = adapted(common({ w, b }), clients, alpha)
  const objective = tf.div(tf.sum(meanLosses(models, clients)), counts.shape[0]!)
  return { objective, adaptedW: models.w, adaptedB: models.b }
}

/**
 * Gradients of the objective of a common model, through the step of each client.
 *
 * Clauses    federated.meta.gradient
 * Fast by    Hessians times gradients in batched products, without the Hessians
 */
export const metaObjectiveGradient: Fast<typeof gradientSpec> = (
  { w, b, x, y, counts, dObjective },
  { alpha, loss },
) => {
  const clients = { x, y, counts, loss }
  const theta = common({ w, b })
  const v = meanGradients(adapted(theta, clients, alpha), clients)
  const each = moved(v, hessiansTimes(theta, v, clients), alpha)
  const share = tf.div(dObjective, counts.shape[0]!)
  return { dw: tf.mul(tf.sum(each.w, 0), share), db: tf.mul(tf.sum(each.b, 0), share) }
}

/**
 * First-order approximation of the gradient of the objective of a common model.
 *
 * Clauses    federated.meta.gradient
 * Fast by    two gradients of all clients in batched products
 */
export const metaFirstOrder: Fast<typeof firstSpec> = ({ w, b, x, y, counts }, { alpha, loss }) => {
  const clients = { x, y, counts, loss }
  const v = meanGradients(adapted(common({ w, b }), clients, alpha), clients)
  const K = counts.shape[0]!
  return { dw: tf.div(tf.sum(v.w, 0), K), db: tf.div(tf.sum(v.b, 0), K) }
}
