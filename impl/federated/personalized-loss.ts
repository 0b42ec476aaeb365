import * as tf from '@tensorflow/tfjs-core'
import { crossEntropyTerms } from '../layers/cross-entropy.ts'
import { softmax, throughSoftmax } from '../layers/softmax.ts'
import { bySample, errors, type Models } from './client-update-model.ts'

/** The points of all clients, in as many places each, and what is minimized. */
export interface Clients {
  readonly x: tf.Tensor
  readonly y: tf.Tensor
  readonly counts: tf.Tensor
  readonly loss: 'squares' | 'logistic'
}

/** What the models of all clients, or the one of all of them, give for all points: K × N × O. */
function outputs({ w, b }: Models, { x }: Clients): tf.Tensor {
  const [K] = x.shape
  const each = tf.tile(w, [K! / w.shape[0]!, 1, 1])
  return tf.add(tf.matMul(x as tf.Tensor3D, each as tf.Tensor3D), tf.expandDims(b, 1))
}

/** The same numbers, but 0 in places without points. */
function ofPoints(values: tf.Tensor, { counts }: Clients): tf.Tensor {
  const [K, N] = values.shape as [number, number]
  const isPoint = tf.less(tf.reshape(tf.range(0, N), [1, N, 1]), tf.reshape(counts, [K, 1, 1]))
  return tf.where(tf.broadcastTo(isPoint, values.shape), values, tf.zerosLike(values))
}

/** Sums over the points of each client become means; where there are none they are 0. */
function perPoint(whole: tf.Tensor, { counts }: Clients): tf.Tensor {
  const K = counts.shape[0]!
  const n = tf.reshape(tf.maximum(counts, 1), [K, ...whole.shape.slice(1).map(() => 1)])
  return tf.div(whole, n)
}

/** The mean loss of each client. */
export function meanLosses(models: Models, clients: Clients): tf.Tensor {
  const z = outputs(models, clients)
  const terms =
    clients.loss === 'logistic'
      ? bySample(crossEntropyTerms, z, clients.y)
      : tf.mul(tf.square(tf.sub(z, clients.y)), 0.5)
  return perPoint(tf.sum(ofPoints(terms, clients), [1, 2]), clients)
}

/** Means over points of products with features, and of the numbers themselves. */
function throughLayer(e: tf.Tensor, clients: Clients): Models {
  const own = ofPoints(e, clients)
  return {
    w: perPoint(tf.matMul(clients.x as tf.Tensor3D, own as tf.Tensor3D, true), clients),
    b: perPoint(tf.sum(own, 1), clients),
  }
}

/** The gradient of the mean loss of each client. */
export function meanGradients(models: Models, clients: Clients): Models {
  return throughLayer(errors(outputs(models, clients), clients.y, clients.loss), clients)
}

/** The Hessian of the mean loss of each client times a direction. */
export function hessiansTimes(models: Models, direction: Models, clients: Clients): Models {
  const moved = outputs(direction, clients)
  if (clients.loss === 'squares') return throughLayer(moved, clients)
  const curved = (z: tf.Tensor, along: tf.Tensor) => throughSoftmax(softmax(z), along)
  const through = bySample(curved, outputs(models, clients), moved)
  return throughLayer(tf.mul(tf.sum(clients.y, 2, true), through), clients)
}
