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

/**
 * The points of batches of some clients, from those of all.
 *
 * Fast by    one gather, of rows whose numbers are computed on the device
 */
export function drawn(
  points: tf.Tensor,
  clients: tf.Tensor,
  counts: tf.Tensor,
  places: tf.Tensor,
): tf.Tensor {
  const [K, N, D] = points.shape as [number, number, number]
  const n = tf.expandDims(tf.maximum(counts, 1), 1)
  // Half a place keeps quotients off whole numbers, so that no rounding of a division matters.
  const rounds = tf.floor(tf.div(tf.add(places, 0.5), n))
  const rows = tf.add(tf.mul(tf.expandDims(clients, 1), N), tf.sub(places, tf.mul(rounds, n)))
  return tf.gather(tf.reshape(points, [K * N, D]), tf.cast(rows, 'int32'))
}

/** What clients with points have after a step, and what those without had before it. */
function ofThoseWithPoints(counts: tf.Tensor, after: Models, before: Models): Models {
  const M = counts.shape[0]!
  const has = (rank: number) =>
    tf.reshape(tf.greater(counts, 0), [M, ...Array<number>(rank - 1).fill(1)])
  return {
    w: tf.where(has(3), after.w, before.w),
    b: tf.where(has(2), after.b, before.b),
  }
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
  const models: Models[] = []
  let model = start
  for (const places of tf.unstack(batches, 1)) {
    const [xs, ys] = [drawn(x, clients, counts, places), drawn(y, clients, counts, places)]
    model = ofThoseWithPoints(counts, step(model, xs, ys, training), model)
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
