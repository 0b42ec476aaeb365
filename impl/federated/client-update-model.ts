import * as tf from '@tensorflow/tfjs-core'
import { crossEntropyGradient } from '../layers/cross-entropy.ts'

/** The models of some clients, side by side. */
export interface Models {
  /** M × I × O */
  readonly w: tf.Tensor
  /** M × O */
  readonly b: tf.Tensor
}

interface Training {
  readonly rate: number
  readonly loss: 'squares' | 'logistic'
}

/**
 * The sums of the gradients of every client over the points of its batch.
 *
 * Fast by    one product of all clients for the outputs, and one for the gradients
 */
export function summedGradients(
  { w, b }: Models,
  x: tf.Tensor,
  y: tf.Tensor,
  loss: Training['loss'],
): Models {
  const z = tf.add(tf.matMul(x as tf.Tensor3D, w as tf.Tensor3D), tf.expandDims(b, 1))
  const e = errors(z, y, loss)
  return { w: tf.matMul(x as tf.Tensor3D, e as tf.Tensor3D, true), b: tf.sum(e, 1) }
}

/** A step of gradient descent of every client, each against the mean gradient of its batch. */
function step(models: Models, x: tf.Tensor, y: tf.Tensor, { rate, loss }: Training): Models {
  const B = x.shape[1]!
  const g = summedGradients(models, x, y, loss)
  const moved = (theta: tf.Tensor, gradient: tf.Tensor) =>
    tf.sub(theta, tf.mul(tf.div(gradient, B), rate))
  return { w: moved(models.w, g.w), b: moved(models.b, g.b) }
}

/** The derivative of the loss of each point by its outputs, along the last axis. */
export function errors(z: tf.Tensor, y: tf.Tensor, loss: Training['loss']): tf.Tensor {
  return loss === 'squares' ? tf.sub(z, y) : bySample(crossEntropyGradient, z, y)
}

/** What is made of two arrays of numbers of outputs, sample by sample. */
export function bySample(
  make: (one: tf.Tensor, other: tf.Tensor) => tf.Tensor,
  one: tf.Tensor,
  other: tf.Tensor,
): tf.Tensor {
  const O = one.shape.at(-1)!
  return tf.reshape(make(tf.reshape(one, [-1, O]), tf.reshape(other, [-1, O])), one.shape)
}

/** What tells which rows batches are, among the points of all clients one below the other. */
interface Places {
  readonly clients: tf.Tensor
  readonly counts: tf.Tensor
  /** Clients along the first axis. */
  readonly places: tf.Tensor
}

/**
 * The rows of the points of batches of some clients, among those of all.
 *
 * Fast by    once for all batches, on the device
 */
export function rowsOf(N: number, { clients, counts, places }: Places): tf.Tensor {
  const along = [counts.shape[0]!, ...places.shape.slice(1).map(() => 1)]
  const n = tf.reshape(tf.maximum(counts, 1), along)
  // Half a place keeps quotients off whole numbers, so that no rounding of a division matters.
  const rounds = tf.floor(tf.div(tf.add(places, 0.5), n))
  const first = tf.reshape(tf.mul(clients, N), along)
  return tf.cast(tf.add(first, tf.sub(places, tf.mul(rounds, n))), 'int32')
}

/** The points of all clients, one below the other. */
export function inRows(points: tf.Tensor): tf.Tensor2D {
  const [K, N, D] = points.shape as [number, number, number]
  return tf.reshape(points, [K * N, D])
}

/** The models after each step of some clients: steps × M × I × O and steps × M × O. */
export function localModels(
  start: Models,
  {
    x,
    y,
    clients,
    counts,
    batches,
  }: Readonly<Record<'x' | 'y' | 'clients' | 'counts' | 'batches', tf.Tensor>>,
  training: Training,
): readonly Models[] {
  const M = counts.shape[0]!
  const isThere = tf.greater(counts, 0)
  // What clients without points gather is no number of theirs, and may be none at all.
  const [ofW, ofB] = [tf.reshape(isThere, [M, 1, 1]), tf.reshape(isThere, [M, 1])]
  const rows = rowsOf(x.shape[1]!, { clients, counts, places: batches })
  const [xs, ys] = [inRows(x), inRows(y)]
  const models: Models[] = []
  let model = start
  for (const batch of tf.unstack(rows, 1)) {
    const after = step(model, tf.gather(xs, batch), tf.gather(ys, batch), training)
    model = { w: tf.where(ofW, after.w, model.w), b: tf.where(ofB, after.b, model.b) }
    models.push(model)
  }
  return models
}

/** The mean along the first axis, with weights that need not add up to 1. */
export function weightedMean(models: tf.Tensor, weights: tf.Tensor): tf.Tensor {
  const [M, ...shape] = models.shape as [number, ...number[]]
  const flat = tf.reshape(models, [M, -1]) as tf.Tensor2D
  const weighted = tf.matMul(tf.reshape(weights, [1, M]) as tf.Tensor2D, flat)
  return tf.reshape(tf.div(weighted, tf.sum(weights)), shape)
}

/** The mean of models weighted by points, or the model before where there is none. */
export function meanOrBefore(models: Models, counts: tf.Tensor, before: Models): Models {
  const some = tf.greater(tf.sum(counts), 0)
  return {
    w: tf.where(some, weightedMean(models.w, counts), before.w),
    b: tf.where(some, weightedMean(models.b, counts), before.b),
  }
}
