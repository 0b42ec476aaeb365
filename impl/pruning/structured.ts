import * as tf from '@tensorflow/tfjs-core'
import type {
  pruningCosts as costsSpec,
  keepFilters as filtersSpec,
  keepUnits as spec,
} from '../../spec/pruning/structured.ts'
import { count } from '../layers/counts.ts'
import type { Fast } from '../operation.ts'

/** Which units are kept, as bits, and their places in order. */
interface Left {
  readonly bits: tf.Tensor
  readonly places: tf.Tensor1D
}

/**
 * The units of the largest scores. Of equal ones topk gives those with the lower index first, which are to
 * go first: so it chooses the ones to go.
 */
function largest(scores: tf.Tensor, kept: number): Left {
  const M = scores.size
  const indices = tf.range(0, M, 1, 'int32')
  // Compared on the device: a tensor of ones would lie in the memory of the host.
  if (kept === M) return { bits: tf.cast(tf.greaterEqual(indices, 0), 'float32'), places: indices }
  const { indices: gone } = tf.topk(tf.neg(scores), M - kept)
  const going = tf.scatterND(tf.reshape(gone, [M - kept, 1]), tf.ones([M - kept]), [M])
  // What goes is put behind everything, so that what stays comes first, in its order.
  const { indices: places } = tf.topk(tf.neg(tf.add(tf.mul(going, M), indices)), kept)
  return { bits: tf.sub(1, going), places: places as tf.Tensor1D }
}

/**
 * Network without the hidden units of the lowest scores, as smaller dense layers.
 *
 * Clauses    pruning.structured
 * Fast by    gathering columns and rows; what removed units gave is one matrix product
 */
export const keepUnits: Fast<typeof spec> = (
  { weights1, bias1, weights2, bias2 },
  { kept, removal },
) => {
  const { bits, places } = largest(tf.sum(tf.abs(weights1), 0), kept)
  const constant = tf.mul(tf.sub(1, bits), tf.relu(bias1))
  const row = tf.reshape(constant, [1, constant.size]) as tf.Tensor2D
  const behind = tf.reshape(tf.matMul(row, weights2 as tf.Tensor2D), bias2.shape)
  return {
    units: bits,
    weights1: tf.gather(weights1, places, 1),
    bias1: tf.gather(bias1, places),
    weights2: tf.gather(weights2, places),
    bias2: removal === 'units' ? bias2.clone() : tf.add(bias2, behind),
  }
}

/**
 * Convolutions without the filters of the smallest norms, as smaller dense banks.
 *
 * Clauses    pruning.structured
 * Fast by    gathering filters and channels
 */
export const keepFilters: Fast<typeof filtersSpec> = ({ filters, bias, next }, { kept }) => {
  const { bits, places } = largest(tf.sum(tf.abs(filters), [0, 1, 2]), kept)
  return {
    left: bits,
    filters: tf.gather(filters, places, 3),
    bias: tf.gather(bias, places),
    next: tf.gather(next, places, 2),
  }
}

/**
 * Storage and products of a layer, pruned by units and by single weights.
 *
 * Clauses    pruning.structured
 * Fast by    nothing: six counts
 */
export const pruningCosts: Fast<typeof costsSpec> = (
  _,
  { samples, before, units, kept, valueBits, indexBits },
) => {
  const groups = before * Math.ceil(units / 4)
  return {
    denseBits: count(before * units * valueBits),
    unitsBits: count(before * kept * valueBits),
    rowsBits: count(before * kept * (valueBits + indexBits) + (before + 1) * indexBits),
    fourBits: count(groups * (2 * valueBits + 4)),
    denseProducts: count(samples * before * units),
    unitsProducts: count(samples * before * kept),
  }
}
